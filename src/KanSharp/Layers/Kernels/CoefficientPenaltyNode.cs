using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Penalties on the spline coefficients of a layer, each a sum over inputs and basis functions of the mean over outputs: |C_n|, |C_{n+1} − C_n|
/// (pykan's lamb_coef and lamb_coefdiff), and the square of the second difference of the edge's own spline, mask·scale·C. Second differences are
/// taken over the Greville points ξ_n = (t_{n+1} + … + t_{n+k})/k, as h·((C_{n+2} − C_{n+1})/(ξ_{n+2} − ξ_{n+1}) − (C_{n+1} − C_n)/(ξ_{n+1} − ξ_n)) with the mean interval h:
/// on uniform knots C_{n+2} − 2C_{n+1} + C_n (Eilers and Marx, Statistical Science 11 (1996)), and 0 for a straight line on any knots.
/// </summary>
internal sealed class CoefficientPenaltyNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _coefficients = null!;
    private Node<T>? _scale;
    private Buffer<T> _mask;
    private Buffer<T> _inverse;
    private double _magnitude;
    private double _difference;
    private double _smoothness;

    /// <summary>Computes the penalty.</summary>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="knots">[I, G + 2k + 1]; needed for the smoothness alone.</param>
    /// <param name="magnitude">Weight of |C|.</param>
    /// <param name="difference">Weight of first differences.</param>
    /// <param name="smoothness">Weight of squared second differences.</param>
    public void Set(in LayerNodes<T> parts, Tensor<T>? knots, double magnitude, double difference, double smoothness)
    {
        (_coefficients, _scale, _mask) = (parts.Coefficients, parts.Scale, parts.Mask);
        (_magnitude, _difference, _smoothness) = (magnitude, difference, smoothness);
        Initialize(Shape.Scalar, _coefficients.RequiresGradient || (smoothness > 0 && _scale is { RequiresGradient: true }));
        (int inputs, int count, _) = Extents;
        _inverse = Tape.Rent(inputs * Math.Max(1, count - 1));
        for (int input = 0; input < inputs && smoothness > 0; input++)
            FillInverses(knots!.Row(input), count, _inverse.Span.Slice(input * (count - 1), count - 1));
        Value.Span[0] = T.CreateTruncating(Sum(default, default, 0));
    }

    public override void Backward()
    {
        Span<T> coefficients = _coefficients.RequiresGradient ? _coefficients.GradientSum() : default;
        Span<T> scale = _smoothness > 0 && _scale is { RequiresGradient: true } ? _scale.GradientSum() : default;
        Sum(coefficients, scale, double.CreateTruncating(Gradient.Span[0]));
    }

    private (int Inputs, int Count, int Outputs) Extents => (_coefficients.Shape[0], _coefficients.Shape[1], _coefficients.Shape[2]);

    /// <summary>h/(ξ_{n+1} − ξ_n); 0 where two Greville points coincide, which takes the term out.</summary>
    private static void FillInverses(ReadOnlySpan<T> knots, int count, Span<T> inverses)
    {
        int degree = knots.Length - count - 1;
        double h = (double.CreateTruncating(knots[^(degree + 1)]) - double.CreateTruncating(knots[degree])) / (count - degree);
        for (int n = 0; n < inverses.Length; n++)
        {
            // ξ_{n+1} − ξ_n is (t_{n+1+k} − t_{n+1})/k
            double gap = (double.CreateTruncating(knots[n + 1 + degree]) - double.CreateTruncating(knots[n + 1])) / degree;
            inverses[n] = gap > 0 ? T.CreateTruncating(h / gap) : T.Zero;
        }
    }

    /// <summary>The penalty; adds its gradient times a factor to the targets that are given.</summary>
    private double Sum(Span<T> coefficientGradient, Span<T> scaleGradient, double factor)
    {
        (int inputs, int count, int outputs) = Extents;
        double total = 0;
        for (int edge = 0; edge < inputs * outputs; edge++)
        {
            int start = edge / outputs * count * outputs + edge % outputs;
            total += Differences(coefficientGradient, start, factor / outputs);
            if (_smoothness > 0)
                total += Curvature(coefficientGradient, scaleGradient, edge, start, factor / outputs);
        }

        return total / outputs;
    }

    private double Differences(Span<T> gradient, int start, double factor)
    {
        (_, int count, int outputs) = Extents;
        ReadOnlySpan<T> values = _coefficients.Value.Span;
        double sum = 0;
        for (int n = 0; n < count; n++)
        {
            int at = start + n * outputs;
            double value = double.CreateTruncating(values[at]);
            double step = n + 1 < count ? double.CreateTruncating(values[at + outputs]) - value : 0;
            sum += _magnitude * Math.Abs(value) + _difference * Math.Abs(step);
            if (gradient.IsEmpty)
                continue;
            gradient[at] += T.CreateTruncating(factor * (_magnitude * Math.Sign(value) - _difference * Math.Sign(step)));
            if (step != 0)
                gradient[at + outputs] += T.CreateTruncating(factor * _difference * Math.Sign(step));
        }

        return sum;
    }

    private double Curvature(Span<T> gradient, Span<T> scaleGradient, int edge, int start, double factor)
    {
        (_, int count, int outputs) = Extents;
        ReadOnlySpan<T> values = _coefficients.Value.Span;
        ReadOnlySpan<T> inverses = _inverse.Span.Slice(edge / outputs * (count - 1), count - 1);
        double scale = _scale is null ? 1 : double.CreateTruncating(_scale.Value.Span[edge]);
        double mask = _mask.IsEmpty ? 1 : double.CreateTruncating(_mask.Span[edge]);
        double weight = _smoothness * mask * mask;
        double sum = 0;
        for (int n = 0; n + 2 < count; n++)
        {
            double left = double.CreateTruncating(inverses[n]), right = double.CreateTruncating(inverses[n + 1]);
            if (left == 0 || right == 0)
                continue;
            int at = start + n * outputs;
            double first = double.CreateTruncating(values[at]), middle = double.CreateTruncating(values[at + outputs]);
            double bend = right * (double.CreateTruncating(values[at + 2 * outputs]) - middle) - left * (middle - first);
            sum += bend * bend;
            if (gradient.IsEmpty)
                continue;
            double slope = factor * 2 * weight * scale * scale * bend;
            gradient[at] += T.CreateTruncating(slope * left);
            gradient[at + outputs] -= T.CreateTruncating(slope * (left + right));
            gradient[at + 2 * outputs] += T.CreateTruncating(slope * right);
        }

        if (!scaleGradient.IsEmpty)
            scaleGradient[edge] += T.CreateTruncating(factor * 2 * weight * scale * sum);
        return weight * scale * scale * sum;
    }
}
