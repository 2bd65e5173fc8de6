using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The gradients that a backward pass of a layer writes.</summary>
internal readonly record struct LayerGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[I, basis, O].</summary>
    public GradientTarget<T> Coefficients { get; init; }

    /// <summary>Edge scale, [I, O].</summary>
    public GradientTarget<T> Scale { get; init; }

    /// <summary>Base weights, [I, O].</summary>
    public GradientTarget<T> Base { get; init; }

    /// <summary>Mask [I, O]; empty for 1. The gradients of scale and base weights are multiplied by it.</summary>
    public Buffer<T> Mask { get; init; }

    /// <summary>Inputs, [N, I].</summary>
    public GradientTarget<T> Input { get; init; }

    /// <summary>Multiplier, [N, I].</summary>
    public GradientTarget<T> Multiplier { get; init; }

    /// <summary>Whether anything is asked of the weights.</summary>
    public bool HasWeights => Coefficients.IsWanted || Scale.IsWanted || Base.IsWanted;

    /// <summary>Takes the sums of a feature, Σ_n value_r[n]·g[n, o], apart into gradients of coefficients, edge scale and base weights.</summary>
    /// <param name="width">SIMD width.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="sums">[basis functions, then the base row][<paramref name="padded"/>].</param>
    /// <param name="count">Basis functions.</param>
    /// <param name="outputs">O.</param>
    /// <param name="padded">Elements from one row of sums to the next.</param>
    /// <param name="weights">The weights.</param>
    public void WriteWeights(SimdWidth width, int feature, ReadOnlySpan<T> sums, int count, int outputs, int padded, in LayerWeights<T> weights)
    {
        ReadOnlySpan<T> splines = sums[..(count * padded)];
        ReadOnlySpan<T> mask = Row(Mask, feature, outputs);
        if (Coefficients.IsWanted)
        {
            ReadOnlySpan<T> factors = Row(weights.Factors, feature, padded);
            GradientKernels.WriteCoefficients(
                width, splines, padded, factors, Row(Coefficients.Values, feature, count * outputs), outputs, Coefficients.Accumulate);
        }

        if (Scale.IsWanted)
        {
            ReadOnlySpan<T> coefficients = Row(weights.Coefficients, feature, count * outputs);
            GradientKernels.WriteScale(width, splines, padded, coefficients, mask, Row(Scale.Values, feature, outputs), Scale.Accumulate);
        }

        if (Base.IsWanted)
            GradientKernels.WriteCoefficients(width, sums[(count * padded)..], padded, mask, Row(Base.Values, feature, outputs), outputs, Base.Accumulate);
    }

    private static Span<T> Row(Buffer<T> buffer, int row, int length) => buffer.IsEmpty ? default : buffer.Span.Slice(row * length, length);
}
