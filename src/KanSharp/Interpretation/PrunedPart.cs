namespace KanSharp.Interpretation;

/// <summary>A part of a network that pruning looked at.</summary>
/// <typeparam name="TAddress">What names the part.</typeparam>
/// <param name="Address">The part, as numbered in the network before.</param>
/// <param name="Score">Its score; NaN where parts were named by the caller.</param>
/// <param name="Why">Why it was removed, or stays although its score is low; empty for parts that stay by their score.</param>
public sealed record PrunedPart<TAddress>(TAddress Address, double Score, string Why)
    where TAddress : struct;
