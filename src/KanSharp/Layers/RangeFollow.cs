using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>
/// Stretches the grids of a KAN layer in place to where its inputs are, with as many intervals as before and in the same proportions, and projects the functions
/// onto them. <see cref="RangeFollower{T}"/> does it for a whole module.
/// </summary>
internal static class RangeFollow
{
    private const int MaxSamples = 1024;

    /// <summary>Follows in one layer.</summary>
    /// <param name="layer">The layer; knots and coefficients change in place.</param>
    /// <param name="x">Samples of its inputs, row-major [rows, I], finite.</param>
    /// <param name="rows">Number of samples.</param>
    /// <param name="headRoom">Room past the samples in units of their range.</param>
    /// <returns>What moved; the change of the functions is that at (at most 1024 of) the samples.</returns>
    public static GridUpdateReport Apply<T>(KanLinear<T> layer, ReadOnlySpan<T> x, int rows, double headRoom)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kept = new List<string>();
        double change = 0, size = 0;
        int updated = 0;
        for (int input = 0; input < layer.Inputs && rows > 0; input++)
        {
            (double low, double high) = Range(x, rows, layer.Inputs, input);
            if (!FeatureGrid<T>.HasSpread([low, high]))
            {
                kept.Add($"input {input}: all samples are {T.CreateTruncating(low)}");
                continue;
            }

            var grid = new FeatureGrid<T>(layer, input);
            if (grid.Followed(low, high, headRoom) is not { } knots)
                continue;
            if (Move(layer, input, grid, knots) is not { } moved)
            {
                kept.Add($"input {input}: samples from {T.CreateTruncating(low)} to {T.CreateTruncating(high)} lead to knots or coefficients that are not finite");
                continue;
            }

            (double sampleChange, double sampleSize) = moved.At(Samples(x, rows, layer.Inputs, input));
            change += sampleChange;
            size += sampleSize;
            updated++;
        }

        return new GridUpdateReport(updated, kept, size > 0 ? Math.Sqrt(change / size) : 0);
    }

    private static FeatureTransfer<T>? Move<T>(KanLinear<T> layer, int input, FeatureGrid<T> grid, T[] knots)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BSplineOptions basis = layer.Options.Spline;
        if (!T.IsFinite(knots[^1] - knots[0]) || knots[basis.Degree] >= knots[^(basis.Degree + 1)])
            return null;
        Span<T> coefficients = layer.Coefficients.Value.Span.Slice(input * basis.Count * layer.Outputs, basis.Count * layer.Outputs);
        var feature = new FeatureTransfer<T>(grid.Knots, basis.Degree, coefficients, knots, basis.Degree, basis.Outside, layer.Outputs, null);
        if (!feature.Coefficients.All(T.IsFinite))
            return null;
        knots.CopyTo(layer.Knots.Value.Row(input));
        feature.Coefficients.CopyTo(coefficients);
        return feature;
    }

    private static (double Low, double High) Range<T>(ReadOnlySpan<T> x, int rows, int inputs, int input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T low = x[input], high = low;
        for (int row = 1; row < rows; row++)
        {
            T value = x[row * inputs + input];
            low = T.Min(low, value);
            high = T.Max(high, value);
        }

        return (double.CreateTruncating(low), double.CreateTruncating(high));
    }

    private static double[] Samples<T>(ReadOnlySpan<T> x, int rows, int inputs, int input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = (rows + MaxSamples - 1) / MaxSamples;
        var samples = new double[(rows + stride - 1) / stride];
        for (int index = 0; index < samples.Length; index++)
            samples[index] = double.CreateTruncating(x[index * stride * inputs + input]);
        return samples;
    }
}
