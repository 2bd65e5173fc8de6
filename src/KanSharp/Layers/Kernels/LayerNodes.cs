using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The parameters of a layer on a tape.</summary>
/// <param name="Coefficients">[I, basis, O].</param>
/// <param name="Scale">Edge scale [I, O], or null.</param>
/// <param name="Base">Base weights [I, O], or null.</param>
/// <param name="Mask">[I, O], or empty.</param>
/// <param name="Bias">[O], or null.</param>
/// <param name="Outputs">O.</param>
internal readonly record struct LayerNodes<T>(Node<T> Coefficients, Node<T>? Scale, Node<T>? Base, Buffer<T> Mask, Node<T>? Bias, int Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether any parameter is trained.</summary>
    public bool RequiresGradient =>
        Coefficients.RequiresGradient || Scale is { RequiresGradient: true } || Base is { RequiresGradient: true } || Bias is { RequiresGradient: true };

    /// <summary>Prepares the weights for the kernels. Nothing is copied without a mask if the outputs fill whole registers.</summary>
    public LayerWeights<T> Fold(Tape<T> tape)
    {
        int inputs = Coefficients.Shape[0], row = Coefficients.Shape[1] * Outputs;
        int lanes = tape.Executor.Width.Lanes<T>();
        int padded = (Outputs + lanes - 1) / lanes * lanes;
        int tailFeatures = Math.Min(inputs, (padded - Outputs + row - 1) / row);
        Buffer<T> tail = default;
        if (tailFeatures > 0)
        {
            tail = tape.Rent(tailFeatures * row + lanes);
            Coefficients.Value.Span[((inputs - tailFeatures) * row)..].CopyTo(tail.Span);
            tail.Span[(tailFeatures * row)..].Clear();
        }

        return new LayerWeights<T>(
            Coefficients.Value,
            tail,
            inputs - tailFeatures,
            Pad(tape, inputs, padded, Scale is null ? Mask : Scale.Value, Scale is null ? default : Mask),
            Base is null ? default : Pad(tape, inputs, padded, Base.Value, Mask));
    }

    private Buffer<T> Pad(Tape<T> tape, int inputs, int padded, Buffer<T> values, Buffer<T> mask)
    {
        if (values.IsEmpty || (mask.IsEmpty && padded == Outputs))
            return values;
        Buffer<T> product = tape.Rent(inputs * padded);
        for (int input = 0; input < inputs; input++)
        {
            Span<T> target = product.Span.Slice(input * padded, padded);
            Span<T> source = values.Span.Slice(input * Outputs, Outputs);
            if (mask.IsEmpty)
                source.CopyTo(target);
            else
                VectorMath.Multiply(source, mask.Span.Slice(input * Outputs, Outputs), target[..Outputs], tape.Executor.Width);
            target[Outputs..].Clear();
        }

        return product;
    }
}
