namespace KanSharp.Equations.Domains;

/// <summary>A side of space through all time.</summary>
internal sealed class ExtendedSide : Side
{
    private readonly TimeDomain _domain;

    public ExtendedSide(TimeDomain domain, Side inner)
        : base(inner.Name, domain.Dimension, inner.Measure * (domain.Time.End - domain.Time.Start))
    {
        (_domain, Inner) = (domain, inner);
        Axis = inner.Axis >= domain.TimeAxis ? inner.Axis + 1 : inner.Axis;
        Value = inner.Value;
    }

    /// <summary>The side of space.</summary>
    public Side Inner { get; }

    public override Quadrature Quadrature(int pointsPerAxis) => _domain.Extend(Inner.Quadrature(pointsPerAxis), pointsPerAxis);

    internal override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        Span<double> space = stackalloc double[Inner.Coordinates];
        Inner.Map(unit[..^1], space);
        _domain.Join(space, Box.At(_domain.Time, unit[^1]), point);
    }

    internal override void NormalAt(ReadOnlySpan<double> point, Span<double> normal)
    {
        Span<double> inner = stackalloc double[Inner.Coordinates];
        Inner.NormalAt(_domain.SpaceOf(point, stackalloc double[Inner.Coordinates]), inner);
        _domain.Join(inner, 0, normal);
    }

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) =>
        _domain.InTime(point[_domain.TimeAxis], tolerance)
        && Inner.Covers(_domain.SpaceOf(point, stackalloc double[Inner.Coordinates]), tolerance);
}
