namespace KanSharp.Plotting;

/// <summary>One formula in a <see cref="ParetoPlot"/>.</summary>
/// <param name="Complexity">its complexity</param>
/// <param name="Error">its error, not negative; NaN and infinities are not drawn</param>
/// <param name="Label">the formula, written beside the point where there is room; empty (default) writes none</param>
public sealed record ParetoPoint(int Complexity, double Error, string Label = "");
