namespace KanSharp.Layers;

/// <summary>What a grid update did to one layer.</summary>
/// <param name="Updated">Features whose knots moved.</param>
/// <param name="Kept">Features whose knots stayed, with the reason.</param>
/// <param name="RelativeChange">
/// Root mean square of the change of all edge functions at the samples, relative to the root mean square of the functions. Small if the new
/// grid can represent the old functions.
/// </param>
public sealed record GridUpdateReport(int Updated, IReadOnlyList<string> Kept, double RelativeChange);
