using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>The arrays of a layer, as initialisation, import and structural edits produce them.</summary>
/// <param name="Knots">[I, G + 2k + 1] of B-splines; null for other families.</param>
/// <param name="Coefficients">[I, functions, O].</param>
/// <param name="BaseWeight">[I, O] or null.</param>
/// <param name="EdgeScale">[I, O] or null.</param>
/// <param name="Bias">[O] or null.</param>
/// <param name="Mask">[I, O] or null.</param>
internal sealed record KanLinearTensors<T>(
    Tensor<T>? Knots, Tensor<T> Coefficients, Tensor<T>? BaseWeight, Tensor<T>? EdgeScale, Tensor<T>? Bias, Tensor<T>? Mask)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The tensors of another family than B-splines, as <see cref="BasisParts"/> lists them.</summary>
    public IReadOnlyList<Tensor<T>> Family { get; init; } = [];

    /// <summary>What the layer does to its inputs; null for fresh values as the options say.</summary>
    public InputMapping<T>? Mapping { get; init; }

    /// <summary>Checks that the arrays fit each other and the options.</summary>
    /// <exception cref="ArgumentException">An array is missing, superfluous or of the wrong shape.</exception>
    public void Check(int inputs, int outputs, KanLinearOptions options)
    {
        if (inputs < 1 || outputs < 1)
            throw new ArgumentException($"A layer has at least 1 input and 1 output, not {inputs} and {outputs}.");
        int count = options.Basis.Count;
        if (options.Basis is BSplineOptions { Degree: var degree })
        {
            int intervals = Knots?.Shape.Rank == 2 ? Knots.Shape[1] - 2 * degree - 1 : 0;
            if (Knots is null || Knots.Shape.Rank != 2 || Knots.Shape[0] != inputs || intervals < 1)
                throw new ArgumentException($"Knots have shape {Knots?.Shape}; expected [{inputs}, G + {2 * degree + 1}] with G of at least 1.");
            count = intervals + degree;
        }

        Expect(nameof(Coefficients), Coefficients, new Shape(inputs, count, outputs), present: true);
        var edges = new Shape(inputs, outputs);
        Expect(nameof(BaseWeight), BaseWeight, edges, options.BaseActivation is not null);
        Expect(nameof(EdgeScale), EdgeScale, edges, options.EdgeScale);
        Expect(nameof(Bias), Bias, new Shape(outputs), options.Bias);
        Expect(nameof(Mask), Mask, edges, Mask is not null);
    }

    private static void Expect(string name, Tensor<T>? tensor, Shape shape, bool present)
    {
        if (tensor is null && present)
            throw new ArgumentException($"{name} is missing; expected shape {shape}.");
        if (tensor is not null && !present)
            throw new ArgumentException($"{name} is given, but the options leave it out.");
        if (tensor is not null && tensor.Shape != shape)
            throw new ArgumentException($"{name} has shape {tensor.Shape}; expected {shape}.");
    }
}
