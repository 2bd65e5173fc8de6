using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>
/// Refinement as pykan does it, for comparison: the new knots interpolate the old ones linearly over their index, and the coefficients are those of least norm
/// among the least-squares fits at the samples, so that the function changes, most where there are few. <see cref="GridRefinement"/> keeps it.
/// </summary>
public static class PykanRefinement
{
    /// <summary>A layer with another number of intervals.</summary>
    /// <param name="layer">The layer; it is not changed.</param>
    /// <param name="intervals">Intervals of the new grid, at least 1.</param>
    /// <param name="inputs">Samples of the layer's inputs [..., I], at least one.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there are no samples.</exception>
    public static KanLinear<T> Refine<T>(KanLinear<T> layer, int intervals, Tensor<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervals, 1);
        if (inputs.Shape.Rank == 0 || inputs.Shape.Last != layer.Inputs || inputs.Shape.Rows == 0)
            throw new ArgumentException($"The layer has {layer.Inputs} inputs; samples of shape {inputs.Shape} must have at least one row of {layer.Inputs}.", nameof(inputs));
        int degree = layer.Options.Spline.Degree, oldCount = layer.Options.Basis.Count, count = intervals + degree, outputs = layer.Outputs;
        var knots = new Tensor<T>(new Shape(layer.Inputs, intervals + 2 * degree + 1));
        var coefficients = new Tensor<T>(new Shape(layer.Inputs, count, outputs));
        for (int input = 0; input < layer.Inputs; input++)
        {
            double[] oldKnots = FeatureGrid<T>.Exact(layer.Knots.Value.Row(input));
            var newKnots = new double[knots.Shape[1]];
            double[] grid = Interpolate(oldKnots.AsSpan(degree, oldKnots.Length - 2 * degree), intervals);
            KnotVector.Extend(grid, degree, (grid[^1] - grid[0]) / intervals, newKnots);
            double[] x = [.. Enumerable.Range(0, inputs.Shape.Rows).Select(row => double.CreateTruncating(inputs.Row(row)[input]))];
            LocalBasisTable<double> table = BSplineTable.Build<double>(oldKnots, 1, degree, OutsideGrid.Zero);
            double[] old = FeatureGrid<T>.Exact(layer.Coefficients.Value.Span.Slice(input * oldCount * outputs, oldCount * outputs));
            double[] fitted = SplineFit.LeastNorm(newKnots, degree, x, SplineFit.Evaluate(table, x, old, outputs), outputs);
            Write(newKnots, knots.Row(input));
            Write(fitted, coefficients.Span.Slice(input * count * outputs, count * outputs));
        }

        return layer.WithGrid(layer.Options with { Basis = layer.Options.Spline with { Intervals = intervals } }, knots, coefficients);
    }

    /// <summary>Old grid points, read at evenly spaced indices that need not be whole.</summary>
    private static double[] Interpolate(ReadOnlySpan<double> points, int intervals)
    {
        var grid = new double[intervals + 1];
        for (int j = 0; j <= intervals; j++)
        {
            double position = (double)j * (points.Length - 1) / intervals;
            int index = Math.Min((int)position, points.Length - 2);
            grid[j] = points[index] + (points[index + 1] - points[index]) * (position - index);
        }

        return grid;
    }

    private static void Write<T>(ReadOnlySpan<double> source, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < source.Length; index++)
            target[index] = T.CreateTruncating(source[index]);
    }
}
