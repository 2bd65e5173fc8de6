using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>
/// New layers on other knots or of another degree that compute the same function: by knot insertion where the knots are nested (to rounding), by
/// projection with exact quadrature elsewhere, never from samples. Everything but knots and coefficients is carried over as it is.
/// </summary>
public static class GridRefinement
{
    private const int MaxSamples = 4096;

    /// <summary>Puts a layer on a grid with another number of intervals, usually a larger one.</summary>
    /// <param name="layer">The layer; it is not changed.</param>
    /// <param name="intervals">Intervals of the new grid, at least 1.</param>
    /// <param name="inputs">Samples of the layer's inputs [..., I], for ranges, quantiles and the report; null without. They must be finite.</param>
    /// <param name="options">
    /// How; the defaults if null. A single layer counts as a hidden one: given samples, its grid follows them unless
    /// <see cref="RefineOptions.Follow"/> is <see cref="RangeFollowing.None"/>.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range, shapes do not fit, a sample is not finite, or the intervals get too narrow for the precision.</exception>
    public static RefinedLayer<T> Refine<T>(KanLinear<T> layer, int intervals, Tensor<T>? inputs = null, RefineOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options ??= new RefineOptions();
        return Refine(layer, intervals, inputs, options, follows: options.Follow != RangeFollowing.None);
    }

    /// <summary>
    /// Raises the degree of a layer. The function stays, to rounding: interior knots are repeated as often as the degree grows, because the function
    /// does not get smoother by that (<see cref="KnotVector.Elevate"/>).
    /// </summary>
    /// <param name="layer">The layer; it is not changed.</param>
    /// <param name="degree">The new degree, the present one to <see cref="BSplineOptions.MaxDegree"/>.</param>
    /// <param name="simpleKnots">
    /// True keeps the knots simple and projects: the new functions are as smooth as their degree allows, with as many intervals as before, but changed by
    /// what the report says. Default false.
    /// </param>
    /// <exception cref="ArgumentException">The degree is out of range.</exception>
    public static RefinedLayer<T> Elevate<T>(KanLinear<T> layer, int degree, bool simpleKnots = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        int old = layer.Options.Spline.Degree;
        if (degree < old || degree > BSplineOptions.MaxDegree)
            throw new ArgumentOutOfRangeException(nameof(degree), degree, $"A layer of degree {old} can be raised to degree {old} to {BSplineOptions.MaxDegree}.");
        var knots = new T[layer.Inputs][];
        for (int input = 0; input < layer.Inputs; input++)
        {
            ReadOnlySpan<T> row = layer.Knots.Value.Row(input);
            knots[input] = simpleKnots ? KnotVector.Extended(row[old..^old], degree) : KnotVector.Elevate(row, old, degree);
        }

        // repeated knots in some inputs only leave these with fewer intervals; all inputs of a layer have equally many
        int intervals = knots.Max(row => row.Length) - 2 * degree - 1;
        for (int input = 0; input < layer.Inputs; input++)
        {
            if (knots[input].Length - 2 * degree - 1 == intervals)
                continue;
            double[] grid = KnotPlacer.Nested(FeatureGrid<T>.Exact(knots[input].AsSpan(degree, knots[input].Length - 2 * degree)), intervals)!;
            knots[input] = KnotVector.Extended<T>(Array.ConvertAll(grid, T.CreateTruncating), degree);
        }

        return Rebuild(layer, knots, degree, null, []);
    }

    internal static RefinedLayer<T> Refine<T>(KanLinear<T> layer, int intervals, Tensor<T>? inputs, RefineOptions options, bool follows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (!layer.HasFreeGrid)
            inputs = null;
        if (intervals < 1)
            throw new ArgumentOutOfRangeException(nameof(intervals), intervals, "A grid has at least 1 interval.");
        options.Validate();
        double[][]? samples = inputs is null ? null : Sorted(layer, inputs);
        if (options.Placement == KnotPlacement.Quantiles && samples is null)
            throw new ArgumentException($"Knots at {KnotPlacement.Quantiles} need samples of the layer's inputs; pass them or choose another placement.", nameof(inputs));
        var notes = new List<string>();
        var knots = new T[layer.Inputs][];
        for (int input = 0; input < layer.Inputs; input++)
        {
            knots[input] = new FeatureGrid<T>(layer, input).Refined(intervals, samples?[input], follows, options, out string? note);
            if (note is not null)
                notes.Add(note);
        }

        return Rebuild(layer, knots, layer.Options.Spline.Degree, samples, notes);
    }

    private static RefinedLayer<T> Rebuild<T>(KanLinear<T> layer, T[][] knots, int degree, double[][]? samples, List<string> notes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BSplineOptions old = layer.Options.Spline;
        int row = knots[0].Length, count = row - degree - 1, outputs = layer.Outputs;
        var newKnots = new Tensor<T>(new Shape(layer.Inputs, row));
        var coefficients = new Tensor<T>(new Shape(layer.Inputs, count, outputs));
        var transfers = new SplineTransfer[layer.Inputs];
        var sums = new RefinementSums();
        for (int input = 0; input < layer.Inputs; input++)
        {
            var grid = new FeatureGrid<T>(layer, input);
            // layers often have the same knots for all inputs: one transfer serves them
            SplineTransfer? known = input > 0
                && layer.Knots.Value.Row(input).SequenceEqual(layer.Knots.Value.Row(input - 1)) && knots[input].AsSpan().SequenceEqual(knots[input - 1])
                ? transfers[input - 1]
                : null;
            var feature = new FeatureTransfer<T>(
                grid.Knots, old.Degree, layer.Coefficients.Value.Span.Slice(input * old.Count * outputs, old.Count * outputs), knots[input], degree, old.Outside, outputs, known);
            transfers[input] = feature.Transfer;
            knots[input].CopyTo(newKnots.Row(input));
            feature.Coefficients.CopyTo(coefficients.Span[(input * count * outputs)..]);
            sums.Add(feature.Change, feature.Size);
            if (samples is not null)
                sums.AddSamples(feature.At(samples[input]), grid.Points, FeatureGrid<T>.Exact(knots[input]).AsSpan(degree, row - 2 * degree), samples[input]);
        }

        KanLinearOptions options = layer.Options with { Basis = old with { Intervals = row - 2 * degree - 1, Degree = degree } };
        int inserted = transfers.Count(transfer => transfer.IsInsertion);
        return new RefinedLayer<T>(
            layer.WithGrid(options, newKnots, coefficients),
            new LayerRefinement(
                old.Intervals, options.Spline.Intervals, old.Degree, degree, inserted, layer.Inputs - inserted, sums.RelativeChange,
                samples is null ? null : sums.RelativeChangeAtData, samples is null ? null : sums.OutsideBefore, samples is null ? null : sums.Outside, notes),
            transfers);
    }

    /// <summary>The samples of every input in ascending order, thinned to at most <see cref="MaxSamples"/> with both ends kept.</summary>
    private static double[][] Sorted<T>(KanLinear<T> layer, Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Shape.Rank == 0 || x.Shape.Last != layer.Inputs)
            throw new ArgumentException($"The layer has {layer.Inputs} inputs; the last axis of {x.Shape} must be {layer.Inputs}.", nameof(x));
        if (NonFiniteInput.Find<T>(x.Span, layer.Inputs, 0) is { } found)
            throw new ArgumentException($"Refinement: {found.Describe(found.Row)}; grids need finite inputs.", nameof(x));
        var samples = new double[layer.Inputs][];
        int rows = x.Shape.Rows;
        for (int input = 0; input < layer.Inputs; input++)
        {
            var all = new double[rows];
            for (int row = 0; row < rows; row++)
                all[row] = double.CreateTruncating(x.Span[row * layer.Inputs + input]);
            Array.Sort(all);
            samples[input] = rows <= MaxSamples
                ? all
                : [.. Enumerable.Range(0, MaxSamples).Select(index => all[(int)((long)index * (rows - 1) / (MaxSamples - 1))])];
        }

        return samples;
    }
}
