using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>One step from a network to formulas: functions that took the place of edges, and what that did to the error.</summary>
/// <param name="Layer">The layer whose edges they are; null for all layers at once.</param>
/// <param name="Edges">The functions.</param>
/// <param name="RmseBefore">Error of the network on the training data before.</param>
/// <param name="RmseSnapped">Error with the functions in place; NaN where it was not looked at.</param>
/// <param name="RmseRefitted">Error after what depends on them was fitted anew.</param>
/// <param name="TakenBack">Whether the step was taken back, because the error grew too much or others were better.</param>
/// <param name="Description">The step in words.</param>
public sealed record SymbolicStep(
    int? Layer, IReadOnlyList<EdgeFormula> Edges, double RmseBefore, double RmseSnapped, double RmseRefitted, bool TakenBack, string Description);
