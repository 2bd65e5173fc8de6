using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>The tensors of every family.</summary>
internal static class BasisParts
{
    /// <summary>Lists them for a layer.</summary>
    /// <param name="options">The family.</param>
    /// <param name="inputs">Number of inputs I.</param>
    /// <param name="outputs">Number of outputs O.</param>
    public static BasisPart[] Of(BasisOptions options, int inputs, int outputs) => options switch
    {
        BSplineOptions spline => [new BasisPart("knots", BasisAxis.Feature, new Shape(inputs, checked(spline.Intervals + 2 * spline.Degree + 1)), IsTrained: false)],
        _ => [],
    };
}
