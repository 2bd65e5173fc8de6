using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// Units in which inputs and outputs of layers are measured. A step divides the residual among all weights by the squares of their derivatives, which means
/// something only where the weights of all layers are numbers of the same kind: hidden values in units of half their range, targets in units of their
/// deviation. Units are powers of two: multiplying by them rounds nothing.
/// </summary>
internal static class RowUnits
{
    /// <summary>Records that the scale of the targets is taken from: as many as a stream can look at beforehand.</summary>
    public const int Sample = 4096;

    /// <summary>The power of two nearest to a scale, on a logarithmic axis; 1 for a scale that is 0 or not finite.</summary>
    public static double Near(double scale)
    {
        if (!(scale > 0) || !double.IsFinite(scale))
            return 1;
        // single precision must hold the unit and its inverse
        return Math.ScaleB(1, Math.Clamp((int)Math.Round(Math.Log2(scale)), -100, 100));
    }

    /// <summary>Units of the inputs of every layer: those of the first stay as they are, hidden values are measured in halves of their grids.</summary>
    public static double[][] OfLayers<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var units = new double[network.Layers.Count][];
        for (int l = 0; l < units.Length; l++)
        {
            KanLinear<T> layer = network.Layers[l];
            int degree = layer.Options.Spline.Degree;
            units[l] = new double[layer.Inputs];
            for (int input = 0; input < layer.Inputs; input++)
            {
                ReadOnlySpan<T> knots = layer.Knots.Value.Row(input);
                units[l][input] = l == 0 ? 1 : Near(0.5 * double.CreateTruncating(knots[^(degree + 1)] - knots[degree]));
            }
        }

        return units;
    }

    /// <summary>Standard deviation of every target; where it is 0, the largest magnitude.</summary>
    /// <param name="targets">[N, targets].</param>
    /// <param name="scale">Receives one number per target.</param>
    public static void OfTargets<T>(ReadOnlySpan<T> targets, Span<double> scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = targets.Length / scale.Length;
        for (int t = 0; t < scale.Length; t++)
        {
            double mean = 0, squares = 0, largest = 0;
            for (int n = 0; n < count; n++)
            {
                double value = double.CreateTruncating(targets[n * scale.Length + t]);
                double distance = value - mean;
                mean += distance / (n + 1);
                squares += distance * (value - mean);
                largest = Math.Max(largest, Math.Abs(value));
            }

            double deviation = Math.Sqrt(squares / Math.Max(count, 1));
            scale[t] = deviation > 1e-12 * largest ? deviation : largest;
        }
    }
}
