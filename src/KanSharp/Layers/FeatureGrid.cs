using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>The knots of one input of a layer in double precision, and the choice of new ones.</summary>
internal sealed class FeatureGrid<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanLinear<T> _layer;
    private readonly int _input;
    private readonly int _degree;

    public FeatureGrid(KanLinear<T> layer, int input)
    {
        (_layer, _input, _degree) = (layer, input, layer.Options.Spline.Degree);
        Knots = Exact(layer.Knots.Value.Row(input));
    }

    /// <summary>The present extended knots.</summary>
    public double[] Knots { get; }

    /// <summary>The present grid points, ends included.</summary>
    public ReadOnlySpan<double> Points => Knots.AsSpan(_degree, Knots.Length - 2 * _degree);

    /// <summary>Extended knots with another number of intervals, as they will be stored.</summary>
    /// <param name="intervals">Intervals wanted.</param>
    /// <param name="sorted">The input's samples in ascending order; empty if there are none.</param>
    /// <param name="follows">Whether the ends follow the samples.</param>
    /// <param name="options">Placement and room.</param>
    /// <param name="note">Null, or what could not be done as asked.</param>
    /// <exception cref="ArgumentException">So many intervals do not fit between the ends in the precision of <typeparamref name="T"/>.</exception>
    public T[] Refined(int intervals, ReadOnlySpan<double> sorted, bool follows, RefineOptions options, out string? note)
    {
        note = null;
        double low = Points[0], high = Points[^1];
        if (follows && sorted.Length > 0)
        {
            if (HasSpread(sorted))
                (low, high) = Ends(sorted[0], sorted[^1], intervals, options.HeadRoom);
            else
                note = $"input {_input}: all samples are {T.CreateTruncating(sorted[0])}; the grid keeps its ends";
        }

        if (options.Placement == KnotPlacement.Nested)
            (low, high) = Room(intervals, low, high, ref note);
        double[] grid = Place(intervals, sorted, low, high, options, ref note);
        return Stored(grid, low == Knots[_degree] && high == Knots[^(_degree + 1)]);
    }

    /// <summary>
    /// The present knots stretched to other ends, their proportions kept; null if the ends are to stay where they are.
    /// </summary>
    /// <param name="dataLow">Least sample.</param>
    /// <param name="dataHigh">Greatest sample.</param>
    /// <param name="headRoom">Room past the samples in units of their range.</param>
    public T[]? Followed(double dataLow, double dataHigh, double headRoom)
    {
        double oldLow = Points[0], oldHigh = Points[^1];
        (double low, double high) = GridEnds.Of(oldLow, oldHigh, dataLow, dataHigh, headRoom);
        if (low == oldLow && high == oldHigh)
            return null;
        var grid = new T[Points.Length];
        for (int j = 0; j < grid.Length; j++)
            grid[j] = T.CreateTruncating(low + (Points[j] - oldLow) / (oldHigh - oldLow) * (high - low));
        grid[^1] = T.CreateTruncating(high);
        return KnotVector.Extended<T>(grid, _degree);
    }

    /// <summary>Samples closer together than this, relative to their size, leave no room for knots in the layer's precision.</summary>
    public static bool HasSpread(ReadOnlySpan<double> sorted) =>
        sorted[^1] - sorted[0] > Math.Max(1e-9, 100 * double.CreateTruncating(MachineEpsilon.Of<T>())) * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));

    public static double[] Exact(ReadOnlySpan<T> values)
    {
        var exact = new double[values.Length];
        for (int index = 0; index < exact.Length; index++)
            exact[index] = double.CreateTruncating(values[index]);
        return exact;
    }

    private (double Low, double High) Ends(double dataLow, double dataHigh, int intervals, double headRoom)
    {
        double oldLow = Points[0], oldHigh = Points[^1];
        (double low, double high) = GridEnds.Of(oldLow, oldHigh, dataLow, dataHigh, headRoom);
        double width = (high - low) / intervals;
        if (low != oldLow)
            low = Round(GridEnds.AvoidSlivers(low, Points, width, -1));
        if (high != oldHigh)
            high = Round(GridEnds.AvoidSlivers(high, Points, width, 1));
        return (low, high);
    }

    /// <summary>
    /// The wanted ends, or as many of them as leave the knots room that the function needs: a coarse grid that can not both keep the function and follow
    /// the range keeps the function.
    /// </summary>
    private (double Low, double High) Room(int intervals, double low, double high, ref string? note)
    {
        double oldLow = Points[0], oldHigh = Points[^1];
        ReadOnlySpan<(double Low, double High)> choices = [(low, high), (low, oldHigh), (oldLow, high), (oldLow, oldHigh)];
        foreach ((double Low, double High) ends in choices)
        {
            if (!(ends.Low < ends.High) || Kept(ends.Low, ends.High).Length - 1 > intervals)
                continue;
            if (ends != (low, high))
                note = $"input {_input}: {intervals} intervals can not hold all old knots and follow the inputs from {T.CreateTruncating(low)} to {T.CreateTruncating(high)}; the grid ends at {T.CreateTruncating(ends.Low)} and {T.CreateTruncating(ends.High)}";
            return ends;
        }

        return (low, high);
    }

    private double[] Place(int intervals, ReadOnlySpan<double> sorted, double low, double high, RefineOptions options, ref string? note)
    {
        switch (options.Placement)
        {
            case KnotPlacement.Nested:
                if (KnotPlacer.Nested(Kept(low, high), intervals) is { } nested)
                    return nested;
                note = $"input {_input}: {intervals} intervals can not hold all old knots; they are equally spaced";
                break;
            case KnotPlacement.Quantiles when sorted.Length > 0:
                return KnotPlacer.Quantiles(sorted, low, high, intervals, options.UniformShare);
            case KnotPlacement.Curvature:
                (double[] breakpoints, double[] density) = SplineCurvature.Of(Knots, _degree, Weighted(), _layer.Outputs);
                return KnotPlacer.Equidistribute(breakpoints, density, low, high, intervals, options.UniformShare);
        }

        return KnotPlacer.Uniform(low, high, intervals);
    }

    /// <summary>
    /// The grid points that a nested grid must have. Where it reaches past an old end, the function bends there: linearly continued it has one
    /// continuous derivative, which takes a knot of multiplicity k − 1.
    /// </summary>
    private double[] Kept(double low, double high)
    {
        var kept = new List<double> { low };
        int copies = _layer.Options.Spline.Outside == OutsideGrid.Linear ? Math.Max(1, _degree - 1) : 1;
        for (int j = 0; j < Points.Length; j++)
        {
            if (!(Points[j] > low && Points[j] < high))
                continue;
            bool end = Points[j] == Points[0] || Points[j] == Points[^1];
            for (int copy = 0; copy < (end ? copies : 1); copy++)
                kept.Add(Points[j]);
        }

        kept.Add(high);
        return [.. kept];
    }

    /// <summary>Coefficients times edge scale and mask: what the outputs see of them.</summary>
    private double[] Weighted()
    {
        int outputs = _layer.Outputs, count = _layer.Options.Basis.Count;
        double[] weighted = Exact(_layer.Coefficients.Value.Span.Slice(_input * count * outputs, count * outputs));
        for (int index = 0; index < weighted.Length; index++)
        {
            int output = index % outputs;
            weighted[index] *= (_layer.EdgeScale is null ? 1 : double.CreateTruncating(_layer.EdgeScale.Value[_input, output]))
                * (_layer.Mask is null ? 1 : double.CreateTruncating(_layer.Mask.Value[_input, output]));
        }

        return weighted;
    }

    /// <summary>
    /// Rounds a grid to the layer's precision. Points that mean an old knot become it bit for bit, which makes knots nested; with the old ends the
    /// old outer knots stay where the spline lives on them.
    /// </summary>
    private T[] Stored(double[] grid, bool sameEnds)
    {
        double reach = 8 * double.CreateTruncating(MachineEpsilon.Of<T>()) * Math.Max(Math.Abs(grid[0]), Math.Abs(grid[^1]));
        var stored = new T[grid.Length];
        int near = 0;
        for (int j = 0; j < grid.Length; j++)
        {
            while (near < Points.Length - 1 && Math.Abs(Points[near + 1] - grid[j]) <= Math.Abs(Points[near] - grid[j]))
                near++;
            bool same = Math.Abs(Points[near] - grid[j]) <= reach && (j == 0 || j == grid.Length - 1 || (Points[near] > grid[0] && Points[near] < grid[^1]));
            stored[j] = T.CreateTruncating(same ? Points[near] : grid[j]);
            if (j > 0 && (stored[j] < stored[j - 1] || (stored[j] == stored[j - 1] && grid[j] > grid[j - 1])))
                throw new ArgumentException($"Input {_input}: {grid.Length - 1} intervals from {stored[0]} to {T.CreateTruncating(grid[^1])} are closer together than numbers of type {typeof(T).Name} can be. Use fewer intervals or double precision.");
        }

        T[] knots = KnotVector.Extended<T>(stored, _degree);
        if (sameEnds && _layer.Options.Spline.Outside == OutsideGrid.Zero)
        {
            ReadOnlySpan<T> old = _layer.Knots.Value.Row(_input);
            old[.._degree].CopyTo(knots);
            old[^_degree..].CopyTo(knots.AsSpan(knots.Length - _degree));
        }

        return knots;
    }

    private static double Round(double value) => double.CreateTruncating(T.CreateTruncating(value));
}
