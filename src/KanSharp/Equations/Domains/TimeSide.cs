using KanSharp.Autodiff;

namespace KanSharp.Equations.Domains;

/// <summary>All of space at the beginning or end of time.</summary>
internal sealed class TimeSide : Side
{
    private readonly TimeDomain _domain;
    private readonly double _time;

    public TimeSide(TimeDomain domain, bool isFinal)
        : base(
            $"{domain.Variables[domain.TimeAxis]}={DomainChecks.Text(isFinal ? domain.Time.End : domain.Time.Start)}",
            domain.Dimension, domain.Space.Measure)
    {
        (_domain, _time) = (domain, isFinal ? domain.Time.End : domain.Time.Start);
        (Axis, Value) = (domain.TimeAxis, _time);
        IsInitial = !isFinal;
        IsFinal = isFinal;
    }

    public override Tensor<double> Points(int count, PointSequence sequence, ulong seed)
    {
        Tensor<double> space = _domain.Space.Interior(count, sequence, seed);
        var points = new Tensor<double>(new Shape(space.Shape.Rows, Coordinates));
        for (int row = 0; row < points.Shape.Rows; row++)
            _domain.Join(space.Row(row), _time, points.Row(row));
        return points;
    }

    public override Quadrature Quadrature(int pointsPerAxis)
    {
        Quadrature space = _domain.Space.Quadrature(pointsPerAxis);
        var points = new Tensor<double>(new Shape(space.Points.Shape.Rows, Coordinates));
        for (int row = 0; row < points.Shape.Rows; row++)
            _domain.Join(space.Points.Row(row), _time, points.Row(row));
        return new Quadrature(points, space.Weights);
    }

    internal override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        Span<double> space = stackalloc double[_domain.Space.Dimension];
        _domain.Space.Map(unit, space);
        _domain.Join(space, _time, point);
    }

    internal override void NormalAt(ReadOnlySpan<double> point, Span<double> normal)
    {
        normal.Clear();
        normal[_domain.TimeAxis] = IsFinal ? 1 : -1;
    }

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) =>
        Math.Abs(point[_domain.TimeAxis] - _time) <= tolerance * _domain.Scale(_domain.TimeAxis)
        && _domain.Space.Covers(_domain.SpaceOf(point, stackalloc double[_domain.Space.Dimension]), tolerance);
}
