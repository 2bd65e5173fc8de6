using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Interchange;

/// <content>What several layers have in common.</content>
public static partial class PublishedLayers
{
    /// <summary>Functions of layer-normalised rows as fast-kan names their parts.</summary>
    private static KanLinear<T> Radial<T>(NamedTensors<T> tensors, BasisOptions basis, int count, Activation? baseActivation, IReadOnlyList<Tensor<T>> family)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = tensors.Take("spline_linear.weight", 2).Shape[1] / count;
        bool normalized = tensors.Has("layernorm.weight"), based = baseActivation is not null && tensors.Has("base_linear.weight");
        Tensor<T> coefficients = tensors.Coefficients("spline_linear.weight", 2, inputs);
        KanLinearOptions options = Bare(basis) with
        {
            BaseActivation = based ? baseActivation : null,
            Bias = based,
            BaseOnRawInput = true,
            Normalization = normalized ? InputNormalization.LayerNorm : InputNormalization.None,
        };
        return Build(inputs, coefficients.Shape[2], options, new KanLinearTensors<T>(
            null, coefficients, based ? tensors.Transposed("base_linear.weight") : null, null, based ? tensors.Take("base_linear.bias", 1) : null, null)
        {
            Family = family,
            Mapping = normalized ? Normalized(tensors, inputs) : null,
        });
    }

    private static KanLinear<T> Polynomial<T>(NamedTensors<T> tensors, string name, PolynomialOptions basis)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> coefficients = tensors.FromInputMajor(name);
        KanLinearOptions options = Bare(basis with { Degree = coefficients.Shape[1] - 1 }) with { Squash = InputSquash.Tanh };
        return Build(coefficients.Shape[0], coefficients.Shape[2], options, new KanLinearTensors<T>(null, coefficients, null, null, null, null));
    }

    private static InputMapping<T> Normalized<T>(NamedTensors<T> tensors, int inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        InputMapping<T> mapping = InputMapping<T>.Create(inputs, InputNormalization.LayerNorm, InputSquash.None)!;
        var norm = (LayerNorm<T>)mapping.Norm!;
        tensors.CopyTo("layernorm.weight", norm.Weight!.Value);
        tensors.CopyTo("layernorm.bias", norm.Bias!.Value);
        return mapping;
    }

    private static (double Low, double High, int Count) Centres<T>(Tensor<T> grid)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (double.CreateTruncating(grid.Span[0]), double.CreateTruncating(grid.Span[^1]), grid.Shape.Count);

    private static KanLinearOptions Bare(BasisOptions basis) => new() { Basis = basis, BaseActivation = null, EdgeScale = false };

    private static KanLinear<T> Build<T>(int inputs, int outputs, KanLinearOptions options, KanLinearTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(inputs, outputs, options, tensors);
}
