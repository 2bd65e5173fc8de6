using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>A number that a scientist would write down, near a fitted one.</summary>
/// <param name="Exact">How it is written.</param>
/// <param name="Value">Its value.</param>
/// <param name="Cost">Logarithm of how many numbers are as simple, in nats: 0 for 0 and 1.</param>
internal readonly record struct SimpleNumber(Expression Exact, double Value, double Cost);
