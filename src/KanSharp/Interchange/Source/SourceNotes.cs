using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>What comments say of a model.</summary>
internal static class SourceNotes
{
    /// <summary>The family of functions.</summary>
    public static string Of(LoweredBasis basis) => basis switch
    {
        SplineBasis spline => $"B-splines of degree {spline.Degree} on {spline.Intervals} intervals",
        GaussianFunctions or Sech2Functions => $"{basis.Count} bells",
        BumpFunctions => $"{basis.Count} bumps",
        SplineGaussianFunctions => $"{basis.Count} B-splines plus Gaussians",
        RecurrenceFunctions => $"polynomials of degree {basis.Count - 1}",
        WaveFunctions => $"{basis.Count} waves",
        RationalFunction => "rational functions",
        _ => "wavelets",
    };

    /// <summary>The line that heads a file.</summary>
    public static string Title(LoweredModel model) =>
        $"{model.Inputs} inputs, {model.Outputs} {(model.IsClassifier ? "classes" : model.Outputs == 1 ? "output" : "outputs")}; written by KanSharp.";
}
