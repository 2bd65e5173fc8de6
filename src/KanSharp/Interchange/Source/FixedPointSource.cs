namespace KanSharp.Interchange.Source;

/// <summary>A C header that predicts with 32-bit integers, and what it costs.</summary>
/// <param name="Text">The header.</param>
/// <param name="ErrorBounds">
/// For every result the largest difference to the model for inputs in the ranges, in the result's units: errors and slopes of every table, measured at eight points of
/// each cell, added up through the layers.
/// </param>
/// <param name="TableBytes">Bytes of all tables.</param>
/// <param name="InputFraction">Bits after the point of inputs.</param>
/// <param name="OutputFraction">Bits after the point of results; below 0 where they are in multiples of a power of 2.</param>
public sealed record FixedPointSource(string Text, IReadOnlyList<double> ErrorBounds, int TableBytes, int InputFraction, int OutputFraction);
