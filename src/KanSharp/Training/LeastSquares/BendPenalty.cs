using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// <see cref="Regularization.Smoothness"/> as a quadratic form: squared second differences over the Greville points, as
/// <see cref="Layers.Kernels.CoefficientPenaltyNode{T}"/> has them, which gives its value and gradient.
/// </summary>
internal static class BendPenalty
{
    /// <summary>The form of one input feature.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="feature">The input feature.</param>
    /// <param name="offset">First unknown of its coefficients.</param>
    /// <param name="weight">Weight of the penalty.</param>
    public static BandedTerm Create<T>(KanLinear<T> layer, int feature, int offset, double weight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int degree = layer.Options.Spline.Degree, functions = layer.Coefficients.Shape[1], outputs = layer.Outputs;
        ReadOnlySpan<T> knots = layer.Knots.Value.Row(feature);
        double h = (double.CreateTruncating(knots[^(degree + 1)]) - double.CreateTruncating(knots[degree])) / (functions - degree);
        var term = new BandedTerm(offset, functions, outputs, 3);
        for (int n = 0; n + 2 < functions; n++)
        {
            double left = Gap(knots, degree, n), right = Gap(knots, degree, n + 1);
            if (left > 0 && right > 0)
                term.AddRow(n, [h / left, -h / left - h / right, h / right]);
        }

        for (int output = 0; output < outputs; output++)
        {
            double factor = (layer.Mask is null ? 1 : double.CreateTruncating(layer.Mask.Value[feature, output]))
                * (layer.EdgeScale is null ? 1 : double.CreateTruncating(layer.EdgeScale.Value[feature, output]));
            term.Weights[output] = weight * factor * factor / outputs;
        }

        return term;
    }

    /// <summary>ξ_{n+1} − ξ_n of the Greville points.</summary>
    private static double Gap<T>(ReadOnlySpan<T> knots, int degree, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (double.CreateTruncating(knots[n + 1 + degree]) - double.CreateTruncating(knots[n + 1])) / degree;
}
