using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Domains;

/// <summary>
/// A domain of space through an interval of time. Its sides are those of space, extended in time, then the initial and the final one.
/// </summary>
public sealed class TimeDomain : Domain
{
    /// <summary>Creates the product of space and time.</summary>
    /// <param name="space">The domain of space; not itself with time.</param>
    /// <param name="start">Beginning of time.</param>
    /// <param name="end">End of time.</param>
    /// <param name="name">Name of the time, t by default.</param>
    /// <param name="axis">Place of the time among the variables, 0 to the dimension of space; last by default.</param>
    /// <exception cref="ArgumentException">Space already has time, the name is reserved or taken, or the range is not finite, is reversed or has no length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such place.</exception>
    public TimeDomain(Domain space, double start, double end, string name = "t", int? axis = null)
        : base(Names(space, name, axis))
    {
        if (space.Sides.Any(side => side.IsInitial))
            throw new ArgumentException($"The domain {space} already has a time; one is enough.", nameof(space));
        DomainChecks.Require(DomainChecks.RangeProblem(name, start, end), nameof(end));
        Space = space;
        TimeAxis = axis ?? space.Dimension;
        Time = (start + 0.0, end + 0.0);
        Bounds = Insert(space.Bounds, TimeAxis, Time);
        Measure = space.Measure * (Time.End - Time.Start);
        Dictionary<Side, ExtendedSide> extended = space.Sides.ToDictionary(side => side, side => new ExtendedSide(this, side));
        foreach ((Side inner, ExtendedSide side) in extended)
            side.Opposite = inner.Opposite is null ? null : extended[inner.Opposite];
        Initial = new TimeSide(this, isFinal: false);
        Final = new TimeSide(this, isFinal: true);
        (Initial.Opposite, Final.Opposite) = (Final, Initial);
        Sides = [.. space.Sides.Select(side => extended[side]), Initial, Final];
    }

    /// <summary>The domain of space.</summary>
    public Domain Space { get; }

    /// <summary>Beginning and end of time.</summary>
    public (double Start, double End) Time { get; }

    /// <summary>Place of the time among the variables.</summary>
    public int TimeAxis { get; }

    /// <summary>The beginning of time, where initial conditions stand.</summary>
    public Side Initial { get; }

    /// <summary>The end of time.</summary>
    public Side Final { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(double Low, double High)> Bounds { get; }

    /// <inheritdoc/>
    public override double Measure { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Side> Sides { get; }

    /// <inheritdoc/>
    /// <remarks>A grid is the product of a grid of space and one of time, with as many times as it would have on one axis of a box.</remarks>
    public override Tensor<double> Interior(int count, PointSequence sequence, ulong seed)
    {
        if (!UnitPoints.IsProduct(sequence))
            return base.Interior(count, sequence, seed);
        DomainChecks.Count(count);
        int times = UnitPoints.AxisCounts(count, Dimension)[TimeAxis];
        double[] fractions = UnitPoints.Axis(sequence, times);
        Tensor<double> space = Space.Interior((count + times - 1) / times, sequence, seed);
        var points = new Tensor<double>(new Shape(space.Shape.Rows * times, Dimension));
        for (int row = 0; row < points.Shape.Rows; row++)
            Join(space.Row(row / times), Box.At(Time, fractions[row % times]), points.Row(row));
        return points;
    }

    /// <summary>The product of the rule of space with m Gauss-Legendre points of time, exact for degree 2m − 1 in time.</summary>
    /// <param name="pointsPerAxis">Points m per axis, at least 1.</param>
    public override Quadrature Quadrature(int pointsPerAxis) => Extend(Space.Quadrature(pointsPerAxis), pointsPerAxis);

    /// <summary>The text that <see cref="DomainText"/> reads, such as <c>x=-1..1, t=0..1</c>.</summary>
    public override string ToString()
    {
        string time = Box.RangeText(Variables[TimeAxis], Time);
        if (Space is not Box box)
            return TimeAxis == 0 ? $"{time}, {Space}" : $"{Space}, {time}";
        return string.Join(", ", Insert([.. box.Variables.Select((name, axis) => Box.RangeText(name, box.Bounds[axis]))], TimeAxis, time));
    }

    /// <summary>A rule of space or of a side of it, at m times.</summary>
    internal Quadrature Extend(Quadrature space, int pointsPerAxis)
    {
        (double[] nodes, double[] weights) = UnitRule.Nodes(pointsPerAxis);
        int rows = checked(space.Weights.Shape.Count * nodes.Length);
        var points = new Tensor<double>(new Shape(rows, Dimension));
        var products = new Tensor<double>(new Shape(rows));
        for (int row = 0; row < rows; row++)
        {
            int node = row % nodes.Length;
            Join(space.Points.Row(row / nodes.Length), Box.At(Time, nodes[node]), points.Row(row));
            products[row] = space.Weights[row / nodes.Length] * weights[node] * (Time.End - Time.Start);
        }

        return new Quadrature(points, products);
    }

    /// <summary>Puts a time among the coordinates of space.</summary>
    internal void Join(ReadOnlySpan<double> space, double time, Span<double> point)
    {
        space[..TimeAxis].CopyTo(point);
        point[TimeAxis] = time;
        space[TimeAxis..].CopyTo(point[(TimeAxis + 1)..]);
    }

    /// <summary>The coordinates of space of a point.</summary>
    internal ReadOnlySpan<double> SpaceOf(ReadOnlySpan<double> point, Span<double> buffer)
    {
        point[..TimeAxis].CopyTo(buffer);
        point[(TimeAxis + 1)..].CopyTo(buffer[TimeAxis..]);
        return buffer[..(point.Length - 1)];
    }

    internal bool InTime(double time, double tolerance)
    {
        double slack = tolerance * Scale(TimeAxis);
        return time >= Time.Start - slack && time <= Time.End + slack;
    }

    internal override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        Span<double> inner = stackalloc double[Space.Dimension];
        Space.Map(unit[..^1], inner);
        Join(inner, Box.At(Time, unit[^1]), point);
    }

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) =>
        InTime(point[TimeAxis], tolerance) && Space.Covers(SpaceOf(point, stackalloc double[Space.Dimension]), tolerance);

    private protected override Expression? DistanceTo(IReadOnlyList<Side> sides)
    {
        Expression? inner = Space.Distance(sides.OfType<ExtendedSide>().Select(side => side.Inner));
        return inner is null ? null : inner * Box.EndFactor(Variables[TimeAxis], Time, sides.Contains(Initial), sides.Contains(Final));
    }

    private static List<string> Names(Domain space, string name, int? axis)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(name);
        int place = axis ?? space.Dimension;
        return place >= 0 && place <= space.Dimension
            ? Insert(space.Variables, place, name)
            : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"The place of the time is 0 to {space.Dimension}.");
    }

    private static List<T> Insert<T>(IReadOnlyList<T> list, int place, T item) => [.. list.Take(place), item, .. list.Skip(place)];
}
