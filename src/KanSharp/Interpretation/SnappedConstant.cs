using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>A constant that was replaced.</summary>
/// <param name="Fitted">Its fitted value just before.</param>
/// <param name="StandardError">Standard error of that value.</param>
/// <param name="Exact">What stands there now.</param>
/// <param name="Misfit">What the sum of squared residuals grew by, in units of the residual variance.</param>
public sealed record SnappedConstant(double Fitted, double StandardError, Expression Exact, double Misfit);
