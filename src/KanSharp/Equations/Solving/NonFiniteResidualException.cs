namespace KanSharp.Equations.Solving;

/// <summary>A residual or a derivative that is not finite; the message says where. Ends a run, whose result is the best solution so far.</summary>
internal sealed class NonFiniteResidualException(string message) : Exception(message);
