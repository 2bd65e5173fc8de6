using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// λ₁·A + λ₂·H with m_e = mean_n |C_en|, A = Σ m, p = m/A, H = −Σ p ln p over the edges e of a layer.
/// Gradient: ∂/∂m_e = λ₁ − λ₂·(ln p_e + H)/A.
/// </summary>
internal sealed class EdgeRegularizationNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _coefficients = null!;
    private Buffer<T> _sizes;
    private double _l1;
    private double _entropyWeight;
    private double _total;
    private double _entropy;

    /// <summary>Computes the penalty of coefficients [I, basis, O].</summary>
    public void Set(Node<T> coefficients, double l1, double entropy)
    {
        _coefficients = coefficients;
        _l1 = l1;
        _entropyWeight = entropy;
        Initialize(Shape.Scalar, coefficients.RequiresGradient);
        (int inputs, int count, int outputs) = Extents;
        _sizes = Tape.Rent(inputs * outputs);
        Span<T> sizes = _sizes.Span;
        sizes.Clear();
        ReadOnlySpan<T> values = coefficients.Value.Span;
        for (int row = 0; row < inputs * count; row++)
        {
            Span<T> target = sizes.Slice(row / count * outputs, outputs);
            ReadOnlySpan<T> source = values.Slice(row * outputs, outputs);
            for (int o = 0; o < outputs; o++)
                target[o] += T.Abs(source[o]);
        }

        _total = 0;
        foreach (ref T size in sizes)
        {
            size /= T.CreateTruncating(count);
            _total += double.CreateTruncating(size);
        }

        _entropy = 0;
        foreach (T size in sizes)
        {
            double share = double.CreateTruncating(size) / _total;
            if (share > 0)
                _entropy -= share * Math.Log(share);
        }

        Value.Span[0] = T.CreateTruncating(_l1 * _total + _entropyWeight * _entropy);
    }

    public override void Backward()
    {
        (int inputs, int count, int outputs) = Extents;
        double g = double.CreateTruncating(Gradient.Span[0]) / count;
        ReadOnlySpan<T> sizes = _sizes.Span;
        Span<T> slopes = Tape.Rent(sizes.Length).Span;
        for (int edge = 0; edge < sizes.Length; edge++)
        {
            double size = double.CreateTruncating(sizes[edge]);
            slopes[edge] = size > 0 ? T.CreateTruncating(g * (_l1 - _entropyWeight * (Math.Log(size / _total) + _entropy) / _total)) : T.Zero;
        }

        Span<T> target = _coefficients.GradientSum();
        ReadOnlySpan<T> values = _coefficients.Value.Span;
        for (int row = 0; row < inputs * count; row++)
        {
            ReadOnlySpan<T> slope = slopes.Slice(row / count * outputs, outputs);
            for (int o = 0; o < outputs; o++)
            {
                T value = values[row * outputs + o];
                if (value != T.Zero)
                    target[row * outputs + o] += T.IsNegative(value) ? -slope[o] : slope[o];
            }
        }
    }

    private (int Inputs, int Count, int Outputs) Extents => (_coefficients.Shape[0], _coefficients.Shape[1], _coefficients.Shape[2]);
}
