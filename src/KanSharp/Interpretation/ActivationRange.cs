namespace KanSharp.Interpretation;

/// <summary>Where the values of a node or an edge lie over samples.</summary>
/// <param name="Low">Least value.</param>
/// <param name="High">Greatest value.</param>
/// <param name="Quantiles">The quantiles asked for, in their order.</param>
/// <param name="OutsideGrid">
/// Of a node: share of samples outside the grid of the layer above it, where splines continue instead of interpolating; 0 for outputs. Of an edge: that of its input.
/// </param>
public sealed record ActivationRange(double Low, double High, IReadOnlyList<double> Quantiles, double OutsideGrid);
