namespace KanSharp.Symbolics;

/// <summary>What a comparison of two expressions found.</summary>
/// <param name="AreEquivalent">Whether they count as equal.</param>
/// <param name="Kind">Up to what they are equal, or closest to it if they are not.</param>
/// <param name="Constant">The constant that was added (0 for equal values) or multiplied with.</param>
/// <param name="LargestDifference">
/// Largest relative difference, leaving out the worst hundredth of the points; NaN where nothing could be compared.
/// </param>
/// <param name="ComparedPoints">Points where both are finite.</param>
/// <param name="Reason">Why they are not equal; empty if they are.</param>
public sealed record EquivalenceResult(
    bool AreEquivalent, EquivalenceKind Kind, double Constant, double LargestDifference, int ComparedPoints, string Reason);
