using KanSharp.Symbolics;

namespace KanSharp.Equations.Domains;

/// <summary>A rectangle, cuboid or box of any dimension, with its sides parallel to the axes. Its sides come as x=low, x=high, y=low, …</summary>
public class Box : Domain
{
    /// <summary>Creates a box.</summary>
    /// <param name="axes">Name and range of each variable.</param>
    /// <exception cref="ArgumentException">No axis, a name that expressions reserve or that occurs twice, or a range that is not finite, is reversed or has no length.</exception>
    public Box(params IReadOnlyList<(string Name, double Low, double High)> axes)
        : this(axes, isTime: false)
    {
    }

    private protected Box(IReadOnlyList<(string Name, double Low, double High)> axes, bool isTime)
        : base(Names(axes))
    {
        foreach ((string name, double low, double high) in axes)
            DomainChecks.Require(DomainChecks.RangeProblem(name, low, high), nameof(axes));
        Bounds = [.. axes.Select(axis => (axis.Low + 0.0, axis.High + 0.0))];
        Measure = Bounds.Aggregate(1.0, (product, axis) => product * (axis.High - axis.Low));
        List<Side> sides = [];
        for (int axis = 0; axis < Dimension; axis++)
        {
            Side low = new FlatSide(this, axis, isHigh: false, isTime), high = new FlatSide(this, axis, isHigh: true, isTime);
            (low.Opposite, high.Opposite) = (high, low);
            sides.AddRange([low, high]);
        }

        Sides = sides;
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<(double Low, double High)> Bounds { get; }

    /// <inheritdoc/>
    public sealed override double Measure { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Side> Sides { get; }

    /// <summary>The product rule of Gauss-Legendre, mᵈ points: exact for polynomials of degree 2m − 1 in every variable.</summary>
    /// <param name="pointsPerAxis">Points m per axis, at least 1.</param>
    public sealed override Quadrature Quadrature(int pointsPerAxis) => UnitRule.Gauss(pointsPerAxis, Dimension).Through(Map, Dimension, Measure);

    /// <summary>The text that <see cref="DomainText"/> reads, such as <c>x=-1..1, y=0..2</c>.</summary>
    public override string ToString() => string.Join(", ", Variables.Select((name, axis) => RangeText(name, Bounds[axis])));

    internal static string RangeText(string name, (double Low, double High) range) => $"{name}={DomainChecks.Text(range.Low)}..{DomainChecks.Text(range.High)}";

    /// <summary>The point at a fraction of a range, kept off both ends.</summary>
    internal static double At((double Low, double High) range, double fraction) =>
        Math.Clamp(range.Low + (range.High - range.Low) * fraction, Math.BitIncrement(range.Low), Math.BitDecrement(range.High));

    /// <summary>(x − a)/(b − a), (b − x)/(b − a), or 4·(x − a)(b − x)/(b − a)²; all are 1 where they are largest. Without an end, 1.</summary>
    internal static Expression EndFactor(string name, (double Low, double High) range, bool low, bool high)
    {
        Expression x = Expression.Variable(name), length = range.High - range.Low;
        Expression up = (x - range.Low) / length, down = (range.High - x) / length;
        return (low, high) switch
        {
            (true, true) => 4 * up * down,
            (true, false) => up,
            (false, true) => down,
            _ => Expression.One,
        };
    }

    internal sealed override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        for (int axis = 0; axis < unit.Length; axis++)
            point[axis] = At(Bounds[axis], unit[axis]);
    }

    internal sealed override bool Covers(ReadOnlySpan<double> point, double tolerance) => Within(point, tolerance, except: -1);

    /// <summary>Whether the coordinates lie in their ranges; one axis may be left out.</summary>
    internal bool Within(ReadOnlySpan<double> point, double tolerance, int except)
    {
        for (int axis = 0; axis < point.Length; axis++)
        {
            double slack = tolerance * Scale(axis);
            if (axis != except && !(point[axis] >= Bounds[axis].Low - slack && point[axis] <= Bounds[axis].High + slack))
                return false;
        }

        return true;
    }

    private protected sealed override Expression DistanceTo(IReadOnlyList<Side> sides)
    {
        List<Expression> factors = [];
        for (int axis = 0; axis < Dimension; axis++)
            factors.Add(EndFactor(Variables[axis], Bounds[axis], sides.Contains(Sides[2 * axis]), sides.Contains(Sides[2 * axis + 1])));
        return Expression.Product(factors);
    }

    private static string[] Names(IReadOnlyList<(string Name, double Low, double High)> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return [.. axes.Select(axis => axis.Name)];
    }
}
