namespace KanSharp.Interpretation;

/// <summary>A function whose derivatives are given.</summary>
internal sealed class AnalyticFunction(int inputs, RowFunction value, RowFunction gradient, RowFunction hessian) : SmoothFunction(inputs)
{
    public override void Value(ReadOnlySpan<double> rows, Span<double> values) => value(rows, values);

    public override void Gradient(ReadOnlySpan<double> rows, Span<double> target) => gradient(rows, target);

    public override void Hessian(ReadOnlySpan<double> rows, Span<double> target) => hessian(rows, target);
}
