using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>The functions on the edges that leave one input of a layer, φ(x) = mask·(w·b(x) + s·spline(x)), with their two parts.</summary>
internal static class EdgeFunctions
{
    /// <summary>Evaluates all edges of an input.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Index of the input.</param>
    /// <param name="x">Places [N], in the units that the layer sees.</param>
    /// <param name="basePart">Receives mask·w·b(x), row-major [N × outputs]; zeros without a base branch.</param>
    /// <param name="splinePart">Receives mask·s·spline(x), row-major [N × outputs].</param>
    public static void Evaluate<T>(KanLinear<T> layer, int input, ReadOnlySpan<T> x, Span<double> basePart, Span<double> splinePart)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = layer.Outputs, stride = layer.Table.Stride, count = layer.Options.Basis.Count;
        var first = new int[x.Length];
        var basis = new T[x.Length * stride];
        layer.Table.Evaluate(x, input, 1, 0, first, basis, SimdWidths.Best);
        ReadOnlySpan<T> coefficients = layer.Coefficients.Value.Span.Slice(input * count * outputs, count * outputs);
        double[] splineFactors = new double[outputs], baseFactors = new double[outputs];
        for (int output = 0; output < outputs; output++)
        {
            double mask = Factor(layer.Mask?.Value, input, output);
            splineFactors[output] = mask * Factor(layer.EdgeScale?.Value, input, output);
            baseFactors[output] = layer.BaseWeight is null ? 0 : mask * Factor(layer.BaseWeight.Value, input, output);
        }

        for (int point = 0; point < x.Length; point++)
        {
            double activated = layer.BaseWeight is null ? 0 : layer.Options.BaseActivation!.Evaluate(double.CreateTruncating(x[point]));
            for (int output = 0; output < outputs; output++)
            {
                double spline = 0;
                for (int r = 0; r <= layer.Options.Basis.Degree; r++)
                    spline += double.CreateTruncating(basis[point * stride + r]) * double.CreateTruncating(coefficients[(first[point] + r) * outputs + output]);
                splinePart[point * outputs + output] = splineFactors[output] * spline;
                basePart[point * outputs + output] = layer.BaseWeight is null ? 0 : baseFactors[output] * activated;
            }
        }
    }

    private static double Factor<T>(Autodiff.Tensor<T>? weights, int input, int output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => weights is null ? 1 : double.CreateTruncating(weights[input, output]);
}
