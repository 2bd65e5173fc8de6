using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// The functions on the edges that leave one input of a layer, φ(x) = mask·(w·b(p(x)) + s·Σ_n C_n·φ_n(p(x))), with their two parts; p is what the layer does to
/// its inputs.
/// </summary>
internal static class EdgeFunctions
{
    /// <summary>Evaluates all edges of an input.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Index of the input.</param>
    /// <param name="x">Places [N], in the units of the layer's inputs; with a normalisation over rows (LayerNorm) normalised already.</param>
    /// <param name="basePart">Receives mask·w·b(x), row-major [N × outputs]; zeros without a base branch.</param>
    /// <param name="splinePart">Receives mask·s·spline(x), row-major [N × outputs].</param>
    public static void Evaluate<T>(KanLinear<T> layer, int input, ReadOnlySpan<T> x, Span<double> basePart, Span<double> splinePart)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = layer.Outputs, part = layer.Coefficients.Shape.Count / layer.Inputs;
        bool rawBase = layer.Options.BaseOnRawInput && layer.Mapping is not null && layer.BaseWeight is not null;
        if (rawBase && !layer.Mapping!.IsElementwise)
            throw new NotSupportedException("The functions of this layer see normalised rows and its base branch does not, so its edges are no functions of one number. Set BaseOnRawInput to false, or another normalisation.");
        T[] mapped = layer.Mapping is null ? x.ToArray() : layer.Mapping.Column(input, x);
        layer.Functions.Edges(layer.Coefficients.Value.Span.Slice(input * part, part), input, mapped, splinePart);
        basePart.Clear();
        for (int output = 0; output < outputs; output++)
        {
            double mask = Factor(layer.Mask?.Value, input, output);
            double factor = mask * Factor(layer.EdgeScale?.Value, input, output);
            for (int point = 0; point < x.Length; point++)
                splinePart[point * outputs + output] *= factor;
            if (layer.BaseWeight is null)
                continue;
            double weight = mask * Factor(layer.BaseWeight.Value, input, output);
            for (int point = 0; point < x.Length; point++)
                basePart[point * outputs + output] = weight * layer.Options.BaseActivation!.Evaluate(double.CreateTruncating(rawBase ? x[point] : mapped[point]));
        }
    }

    /// <summary>What the functions of the edges are functions of, from rows as they reach the layer: the rows themselves, but for a normalisation over a row.</summary>
    public static T[] Arguments<T>(KanLinear<T> layer, T[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (layer.Mapping is not { IsElementwise: false, Norm: { } norm })
            return rows;
        var arguments = new T[rows.Length];
        norm.Evaluate(rows.Length / layer.Inputs, rows, arguments, Executor.Default);
        return arguments;
    }

    /// <summary>Ends of the functions of an input, in units of the layer's inputs.</summary>
    public static (double Low, double High) Range<T>(KanLinear<T> layer, int input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        layer.Mapping is { } mapping ? mapping.Inverse(input, layer.Functions.Range(input)) : layer.Functions.Range(input);

    private static double Factor<T>(Autodiff.Tensor<T>? weights, int input, int output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => weights is null ? 1 : double.CreateTruncating(weights[input, output]);
}
