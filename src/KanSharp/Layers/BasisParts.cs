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
        Sech2Options bells =>
        [
            new BasisPart("centers", BasisAxis.Shared, new Shape(bells.Centers), bells.TrainCenters),
            new BasisPart("inverse_width", BasisAxis.Shared, new Shape(1), bells.TrainWidth),
        ],
        ReluBumpOptions { IsLocal: false } bumps =>
        [
            new BasisPart("phase_low", BasisAxis.Feature, new Shape(inputs, bumps.Count), bumps.TrainPhases),
            new BasisPart("phase_high", BasisAxis.Feature, new Shape(inputs, bumps.Count), bumps.TrainPhases),
        ],
        GramOptions { Degree: > 1 } gram => [new BasisPart("beta", BasisAxis.Shared, new Shape(gram.Degree - 1), IsTrained: true)],
        SineOptions sine =>
        [
            new BasisPart("frequency", BasisAxis.Shared, new Shape(sine.Frequencies), IsTrained: true),
            new BasisPart("phase", BasisAxis.Feature, new Shape(inputs, sine.Frequencies), IsTrained: false),
        ],
        RationalOptions rational =>
        [
            new BasisPart("numerator", BasisAxis.Shared, new Shape(RationalOptions.NumeratorLength), IsTrained: true),
            new BasisPart("denominator", BasisAxis.Shared, new Shape(rational.Groups, RationalOptions.DenominatorLength), IsTrained: true),
            new BasisPart("group", BasisAxis.Feature, new Shape(inputs), IsTrained: false),
        ],
        WaveletOptions wavelet =>
        [
            new BasisPart("scale", BasisAxis.Edge, new Shape(inputs, outputs), IsTrained: true),
            new BasisPart("translation", BasisAxis.Edge, new Shape(inputs, outputs), IsTrained: true),
            .. wavelet.HasWindow ? [new BasisPart("window", BasisAxis.Feature, new Shape(inputs), IsTrained: false)] : Array.Empty<BasisPart>(),
        ],
        _ => [],
    };
}
