using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <content>Prediction without a tape.</content>
public sealed partial class KanLinear<T>
{
    /// <summary>
    /// Predicts rows without a tape and, in steady state, without allocating. Several threads may predict with one layer at once, as long as
    /// none changes it.
    /// </summary>
    /// <param name="x">Inputs, row-major [rows, I].</param>
    /// <param name="y">Receives the outputs, row-major [rows, O]; must not overlap <paramref name="x"/>.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<T> x, Span<T> y, Executor? executor = null) => PredictRows(x, y, Inputs, executor);

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("KanLinear", features, Inputs);
        bool needsTape = Options.BaseOnRawInput && _mapping is not null && _functions is LocalEdges<T>;
        return needsTape ? null : new RowPlan(Outputs, Inputs * (Outputs * (Options.Basis is BSplineOptions spline ? spline.Degree + 3L : 2 + Options.Basis.Count) + 2 * Activation.Cost));
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        if (_mapping is null)
        {
            _functions.Predict(this, rows, x, x, y, executor);
            return;
        }

        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        try
        {
            Span<T> mapped = arena.Rent(x.Length).Span;
            _mapping.Evaluate(rows, x, mapped, executor);
            _functions.Predict(this, rows, mapped, Options.BaseOnRawInput ? x : mapped, y, executor);
        }
        finally
        {
            arena.Release(mark);
        }
    }
}
