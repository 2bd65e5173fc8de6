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
        $"{Count(model.Inputs, "input")}, {(model.IsClassifier ? $"{model.Outputs} classes" : Count(model.Outputs, "output"))}; written by KanSharp.";

    /// <summary>A number of things.</summary>
    public static string Count(int number, string thing) => $"{SourceNumbers.Whole(number)} {thing}{(number == 1 ? "" : "s")}";
}
