using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Equations.Domains;

/// <summary>A piece of the boundary of a <see cref="Domain"/> on which one condition holds.</summary>
/// <remarks>Sides belong to the domain that made them; <see cref="Domain.Sides"/> lists them.</remarks>
public abstract class Side
{
    private protected Side(string name, int coordinates, double measure)
    {
        Name = name;
        Coordinates = coordinates;
        Measure = measure;
    }

    /// <summary>
    /// The name by which <see cref="Domain.FindSides"/> knows it: <c>x=-1</c> for a face of a box, <c>boundary</c> for a circle,
    /// <c>edge 1</c> and following for a polygon.
    /// </summary>
    public string Name { get; }

    /// <summary>Number of coordinates of its points: the dimension of the domain.</summary>
    public int Coordinates { get; }

    /// <summary>The axis that it is perpendicular to; null for a side that is curved or oblique.</summary>
    public int? Axis { get; private protected init; }

    /// <summary>The coordinate on <see cref="Axis"/> that all its points share; null where that is.</summary>
    public double? Value { get; private protected init; }

    /// <summary>True for the beginning of time, where initial conditions stand.</summary>
    public bool IsInitial { get; private protected init; }

    /// <summary>True for the end of time, where no condition is expected.</summary>
    public bool IsFinal { get; private protected init; }

    /// <summary>Length or area, times duration where time is among the variables; 1 for a single point.</summary>
    public double Measure { get; }

    /// <summary>The side that a periodic condition joins with this one; null if there is none.</summary>
    public Side? Opposite { get; internal set; }

    /// <summary>Number of parameters of <see cref="Map"/>.</summary>
    internal int Parameters => Coordinates - 1;

    /// <summary>Points of the side, off its edges and corners.</summary>
    /// <param name="count">How many, at least 1; the end of an interval has one point whatever the count.</param>
    /// <param name="sequence">How they are spread. Grids may give more than asked for.</param>
    /// <param name="seed">Seed of what is random in the sequence; different sides get different numbers.</param>
    /// <returns>[N, d].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public virtual Tensor<double> Points(int count, PointSequence sequence, ulong seed)
    {
        double[] unit = UnitPoints.Generate(sequence, count, Parameters, new SplitRandom(seed).Split(Name));
        int rows = Parameters == 0 ? 1 : unit.Length / Parameters;
        var points = new Tensor<double>(new Shape(rows, Coordinates));
        for (int row = 0; row < rows; row++)
            Map(unit.AsSpan(row * Parameters, Parameters), points.Row(row));
        return points;
    }

    /// <summary>A rule of integration over the side; on flat sides exact for polynomials of degree 2m − 1 in every variable.</summary>
    /// <param name="pointsPerAxis">Gauss points m per axis, at least 1; a circle has 2m points at equal angles.</param>
    public virtual Quadrature Quadrature(int pointsPerAxis) => UnitRule.Gauss(pointsPerAxis, Parameters).Through(Map, Coordinates, Measure);

    /// <summary>The outward unit normal.</summary>
    /// <param name="point">A point of the side, d coordinates.</param>
    /// <param name="normal">Receives d components.</param>
    /// <exception cref="ArgumentException">Another number of coordinates.</exception>
    public void Normal(ReadOnlySpan<double> point, Span<double> normal)
    {
        DomainChecks.Point(point, Coordinates);
        if (normal.Length != Coordinates)
            throw new ArgumentException($"A normal has {Coordinates} components here; there is room for {normal.Length}.", nameof(normal));
        NormalAt(point, normal);
    }

    /// <summary>The outward unit normals at points of the side.</summary>
    /// <param name="points">[N, d].</param>
    internal Tensor<double> Normals(Tensor<double> points)
    {
        var normals = new Tensor<double>(points.Shape);
        for (int row = 0; row < points.Shape.Rows; row++)
            Normal(points.Row(row), normals.Row(row));
        return normals;
    }

    /// <summary>True for a point of the side, its edges and corners included.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="tolerance">Largest distance, as a fraction of the largest coordinate of the domain on the axis.</param>
    /// <exception cref="ArgumentException">Another number of coordinates.</exception>
    public bool Contains(ReadOnlySpan<double> point, double tolerance = 1e-12)
    {
        DomainChecks.Point(point, Coordinates);
        return Covers(point, tolerance);
    }

    /// <summary>The partners of points on the opposite side.</summary>
    /// <param name="points">Points of this side, [N, d].</param>
    /// <returns>[N, d] on <see cref="Opposite"/>.</returns>
    /// <exception cref="InvalidOperationException">There is no opposite side.</exception>
    public Tensor<double> ToOpposite(Tensor<double> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (Opposite is null)
            throw new InvalidOperationException($"The side '{Name}' has no opposite side. Periodic conditions need two parallel faces of a box.");
        if (points.Shape.Rank != 2 || points.Shape.Last != Coordinates)
            throw new ArgumentException($"Points of the side '{Name}' have shape [N, {Coordinates}]; the shape given is {points.Shape}.", nameof(points));
        Tensor<double> partners = points.Clone();
        for (int row = 0; row < partners.Shape.Rows; row++)
            partners[row, Opposite.Axis!.Value] = Opposite.Value!.Value;
        return partners;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Maps the unit cube of one dimension less onto the side, with constant density.</summary>
    internal abstract void Map(ReadOnlySpan<double> unit, Span<double> point);

    internal abstract void NormalAt(ReadOnlySpan<double> point, Span<double> normal);

    internal abstract bool Covers(ReadOnlySpan<double> point, double tolerance);
}
