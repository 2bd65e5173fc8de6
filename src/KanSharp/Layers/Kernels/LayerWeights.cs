using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The weights of a layer as the kernels read them: W[i, n, o] = factor_io·C[i, n, o] and the base row, both with the mask folded in. Kernels read
/// whole registers, so factors and base rows are padded, and the last features, where a register would reach past the end of C, stand in a copy.
/// </summary>
/// <param name="Coefficients">C, [I, basis, O].</param>
/// <param name="Tail">Copy of C from feature <paramref name="TailStart"/> on, with room behind it; empty if no register reaches past the end.</param>
/// <param name="TailStart">First feature of the copy; I without one.</param>
/// <param name="Factors">[I, padded O]; empty for 1.</param>
/// <param name="Base">[I, padded O]; empty without a base branch.</param>
internal readonly record struct LayerWeights<T>(Buffer<T> Coefficients, Buffer<T> Tail, int TailStart, Buffer<T> Factors, Buffer<T> Base)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Prepares weights. Nothing is copied without a mask if the outputs fill whole registers.</summary>
    /// <param name="arena">Where copies are kept.</param>
    /// <param name="coefficients">C, [I, basis, O].</param>
    /// <param name="scale">Edge scale [I, O], or empty.</param>
    /// <param name="baseWeight">Base weights [I, O], or empty.</param>
    /// <param name="mask">[I, O], or empty.</param>
    /// <param name="inputs">I.</param>
    /// <param name="outputs">O.</param>
    /// <param name="width">SIMD width.</param>
    public static LayerWeights<T> Prepare(
        Arena<T> arena, Buffer<T> coefficients, Buffer<T> scale, Buffer<T> baseWeight, Buffer<T> mask, int inputs, int outputs, SimdWidth width)
    {
        int row = coefficients.Length / inputs;
        int lanes = width.Lanes<T>();
        int padded = (outputs + lanes - 1) / lanes * lanes;
        int tailFeatures = Math.Min(inputs, (padded - outputs + row - 1) / row);
        Buffer<T> tail = default;
        if (tailFeatures > 0)
        {
            tail = arena.Rent(tailFeatures * row + lanes);
            coefficients.Span[((inputs - tailFeatures) * row)..].CopyTo(tail.Span);
            tail.Span[(tailFeatures * row)..].Clear();
        }

        return new LayerWeights<T>(
            coefficients,
            tail,
            inputs - tailFeatures,
            Pad(scale.IsEmpty ? mask : scale, scale.IsEmpty ? default : mask),
            Pad(baseWeight, mask));

        Buffer<T> Pad(Buffer<T> values, Buffer<T> factors)
        {
            if (values.IsEmpty || (factors.IsEmpty && padded == outputs))
                return values;
            Buffer<T> product = arena.Rent(inputs * padded);
            for (int input = 0; input < inputs; input++)
            {
                Span<T> target = product.Span.Slice(input * padded, padded);
                Span<T> source = values.Span.Slice(input * outputs, outputs);
                if (factors.IsEmpty)
                    source.CopyTo(target);
                else
                    VectorMath.Multiply(source, factors.Span.Slice(input * outputs, outputs), target[..outputs], width);
                target[outputs..].Clear();
            }

            return product;
        }
    }
}
