namespace KanSharp.Interpretation;

/// <summary>The error of a network on named data before and after a change.</summary>
/// <param name="Data">What the caller calls the data.</param>
/// <param name="Measure">"rmse", or the name of the loss.</param>
/// <param name="Before">Error before.</param>
/// <param name="After">Error after.</param>
public sealed record NamedError(string Data, string Measure, double Before, double After);
