using KanSharp.Autodiff;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Domains;

/// <summary>Where a differential equation holds: a bounded set with named variables, and the sides that bound it.</summary>
public abstract class Domain
{
    private protected Domain(IReadOnlyList<string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        DomainChecks.Require(DomainChecks.NamesProblem(variables), nameof(variables));
        Variables = [.. variables];
    }

    /// <summary>Names of the variables, in the order of the coordinates of a point.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Number d of variables.</summary>
    public int Dimension => Variables.Count;

    /// <summary>The bounding box, one range per variable.</summary>
    public abstract IReadOnlyList<(double Low, double High)> Bounds { get; }

    /// <summary>Length, area or volume, times duration where time is among the variables.</summary>
    public abstract double Measure { get; }

    /// <summary>The pieces of the boundary.</summary>
    public abstract IReadOnlyList<Side> Sides { get; }

    /// <summary>True for a point inside or on the boundary.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="tolerance">How far outside still counts, as a fraction of the largest coordinate of <see cref="Bounds"/> on the axis.</param>
    /// <exception cref="ArgumentException">Another number of coordinates.</exception>
    public bool Contains(ReadOnlySpan<double> point, double tolerance = 1e-12)
    {
        DomainChecks.Point(point, Dimension);
        return Covers(point, tolerance);
    }

    /// <summary>Points strictly inside.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="sequence">How they are spread. Grids may give more than asked for, never fewer.</param>
    /// <param name="seed">Seed of what is random in the sequence.</param>
    /// <returns>[N, d].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentException">Sobol points of more than 16 variables.</exception>
    public virtual Tensor<double> Interior(int count, PointSequence sequence, ulong seed)
    {
        double[] unit = UnitPoints.Generate(sequence, count, Dimension, new SplitRandom(seed).Split("interior"));
        var points = new Tensor<double>(new Shape(unit.Length / Dimension, Dimension));
        for (int row = 0; row < points.Shape.Rows; row++)
            Map(unit.AsSpan(row * Dimension, Dimension), points.Row(row));
        return points;
    }

    /// <summary>A rule of integration over the domain. Each class says for which polynomials it is exact.</summary>
    /// <param name="pointsPerAxis">Gauss points m per axis, at least 1.</param>
    public abstract Quadrature Quadrature(int pointsPerAxis);

    /// <summary>
    /// A smooth function that is 0 on the given sides, positive elsewhere in the domain, and has a slope there: u = g + distance·v
    /// satisfies u = g on them whatever v is. It is about 1 where it is largest, and not the geometric distance.
    /// </summary>
    /// <param name="sides">Sides of this domain; none give 1.</param>
    /// <returns>An expression in <see cref="Variables"/>; null where the shape has none.</returns>
    /// <exception cref="ArgumentException">A side of another domain.</exception>
    public Expression? Distance(IEnumerable<Side> sides)
    {
        ArgumentNullException.ThrowIfNull(sides);
        List<Side> distinct = [.. sides.Distinct()];
        if (distinct.Find(side => !Sides.Contains(side)) is Side stranger)
            throw new ArgumentException($"The side '{stranger}' belongs to another domain; sides of this one are {string.Join(", ", Sides)}.", nameof(sides));
        return DistanceTo(distinct);
    }

    /// <summary>The sides that a name stands for.</summary>
    /// <param name="name">
    /// The name of a side; <c>boundary</c> for all but the beginning and end of time; <c>initial</c> for the beginning of time; or
    /// <c>x=2*pi</c> for all flat sides with that coordinate.
    /// </param>
    /// <exception cref="ArgumentException">No side has the name; the message lists them.</exception>
    public IReadOnlyList<Side> FindSides(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string wanted = name.Trim();
        List<Side> found = [.. Sides.Where(side => side.Name == wanted)];
        if (found.Count == 0 && wanted == "boundary")
            found = [.. Sides.Where(side => !side.IsInitial && !side.IsFinal)];
        if (found.Count == 0 && wanted == "initial")
            found = [.. Sides.Where(side => side.IsInitial)];
        if (found.Count == 0 && Coordinate(wanted) is (int axis, double value))
            found = [.. Sides.Where(side => side.Axis == axis && Math.Abs(side.Value!.Value - value) <= 1e-12 * Scale(axis))];
        return found.Count > 0
            ? found
            : throw new ArgumentException($"There is no side '{wanted}'; sides are {string.Join(", ", Sides)}, and together 'boundary'.", nameof(name));
    }

    /// <summary>The largest coordinate on an axis, which tolerances refer to.</summary>
    internal double Scale(int axis) => Math.Max(Math.Abs(Bounds[axis].Low), Math.Abs(Bounds[axis].High));

    /// <summary>Maps the open unit cube into the domain, with constant density.</summary>
    internal abstract void Map(ReadOnlySpan<double> unit, Span<double> point);

    internal abstract bool Covers(ReadOnlySpan<double> point, double tolerance);

    private protected abstract Expression? DistanceTo(IReadOnlyList<Side> sides);

    /// <summary>Reads "x=2*pi".</summary>
    private (int Axis, double Value)? Coordinate(string text)
    {
        string[] parts = text.Split('=');
        int axis = parts.Length == 2 ? Variables.ToList().IndexOf(parts[0].Trim()) : -1;
        if (axis < 0)
            return null;
        try
        {
            Expression value = Expression.Parse(parts[1]);
            return value.Variables.Count == 0 ? (axis, value.Evaluate()) : null;
        }
        catch (ExpressionFormatException)
        {
            return null;
        }
    }
}
