namespace KanSharp.Interpretation;

/// <summary>Computes something of every row: values, gradients or Hessian matrices.</summary>
/// <param name="rows">Points, row-major [N, inputs].</param>
/// <param name="result">Receives N values, [N, inputs] gradients or [N, inputs, inputs] Hessian matrices.</param>
public delegate void RowFunction(ReadOnlySpan<double> rows, Span<double> result);
