using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Draws the arrays of a new layer of another family than B-splines: what the family's publication does, unless the layer's <see cref="KanInitialization"/> says
/// otherwise by its scales (base weights uniform ±<see cref="KanInitialization.BaseScale"/>/√I, edge scale as for splines).
/// </summary>
internal static class FamilyStart
{
    public static KanLinearTensors<T> Draw<T>(int inputs, int outputs, KanLinearOptions options, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanInitialization scheme = options.Initialization;
        double rootInputs = Math.Sqrt(inputs);
        var edges = new Shape(inputs, outputs);
        var coefficients = new Tensor<T>(new Shape(inputs, options.Basis.Count, outputs));
        Tensor<T>[] family = [.. BasisParts.Of(options.Basis, inputs, outputs).Select(part => new Tensor<T>(part.Shape))];
        Tensor<T>? bias = options.Bias ? new Tensor<T>(new Shape(outputs)) : null;
        Fill(options.Basis, coefficients, family, bias, random);
        return new KanLinearTensors<T>(
            null,
            coefficients,
            options.BaseActivation is null ? null : KanLinearInitializer.Uniform<T>(edges, scheme.BaseMean / rootInputs, scheme.BaseScale / rootInputs, random.Split("base_weight")),
            options.EdgeScale ? KanLinearInitializer.Constant<T>(edges, scheme.SplineScale) : null,
            bias,
            scheme.Sparse ? KanLinearInitializer.SparseMask<T>(inputs, outputs) : options.Mask ? KanLinearInitializer.Constant<T>(edges, 1) : null)
        {
            Family = family,
        };
    }

    private static void Fill<T>(BasisOptions basis, Tensor<T> coefficients, Tensor<T>[] family, Tensor<T>? bias, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SplitRandom weights = random.Split("coefficients");
        switch (basis)
        {
            case GaussianOptions:
                // FastKAN: truncated at two, which is twenty deviations away
                Normal(coefficients, 0.1, weights);
                break;
            default:
                throw new NotSupportedException($"Family '{basis.Family}' has no start.");
        }
    }

    private static void Normal<T>(Tensor<T> target, double deviation, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in target.Span)
            value = T.CreateTruncating(deviation * random.NextNormal());
    }
}
