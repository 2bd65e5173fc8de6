namespace KanSharp.Interpretation;

/// <summary>What a test of structure found.</summary>
/// <param name="Holds">Whether the score is below the threshold.</param>
/// <param name="Score">How much the function deviates from the structure, 0 for not at all; NaN where too few points lie in the domain of the test.</param>
/// <param name="Threshold">The threshold of the options, or what the error of the derivatives allows to see if that is more.</param>
public sealed record StructureTest(bool Holds, double Score, double Threshold)
{
    internal static StructureTest Of(double score, double threshold) => new(score < threshold, score, threshold);
}
