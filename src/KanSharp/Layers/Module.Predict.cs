using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <content>Prediction: the output alone, without a tape.</content>
/// <remarks>
/// Layers of the library compute straight from their parameters, so a change of a parameter counts from the next call on. A module of your
/// own, and everything that holds one, runs <see cref="Forward(Var{T})"/> on a tape without gradients.
/// </remarks>
public abstract partial class Module<T>
{
    /// <summary>
    /// Predicts: what <see cref="Forward(Var{T})"/> gives outside training, but for rounding. Several threads may predict with one module
    /// at once, as long as none changes it.
    /// </summary>
    /// <param name="x">Inputs [..., features].</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">The last axis does not fit the module.</exception>
    public Tensor<T> Predict(Tensor<T> x, Executor? executor = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0 || Plan(x.Shape.Last) is not { } plan)
            return OnTape(x, executor);
        var y = new Tensor<T>(x.Shape.WithLast(plan.Outputs));
        Prediction<T>.Run(this, plan, x.Shape.Rows, x.Span, y.Span, executor);
        return y;
    }

    /// <summary>
    /// Predicts rows into memory of the caller. Allocates nothing in steady state, unless a module of your own takes part. Several threads
    /// may predict with one module at once, as long as none changes it.
    /// </summary>
    /// <param name="x">Inputs, row-major [rows, features].</param>
    /// <param name="y">Receives the outputs, row-major [rows, outputs]; must not overlap <paramref name="x"/>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">The lengths are no whole rows or do not fit the module, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<T> x, Span<T> y, int rows, Executor? executor = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        int features = rows == 0 ? 0 : x.Length / rows;
        if ((long)features * rows != x.Length)
            throw new ArgumentException($"{x.Length} input values are not {rows} rows.", nameof(x));
        if (rows == 0 && y.IsEmpty)
            return;
        if (Plan(features) is { } plan)
        {
            CheckTarget(x, y, rows, plan.Outputs);
            Prediction<T>.Run(this, plan, rows, x, y, executor);
            return;
        }

        Tensor<T> result = OnTape(new Tensor<T>(new Shape(rows, features), x.ToArray()), executor);
        if (result.Shape.Count != y.Length)
            throw new ArgumentException($"{GetType().Name} gives {result.Shape} for {rows} rows; y has room for {y.Length} values.", nameof(y));
        result.Span.CopyTo(y);
    }

    /// <summary>
    /// What becomes of a row of so many features; null if only a tape can tell, as for a module that the library does not know.
    /// </summary>
    /// <exception cref="ArgumentException">The module does not take so many features.</exception>
    internal virtual RowPlan? Plan(int features) => null;

    /// <summary>Computes rows without a tape; called only where <see cref="Plan"/> gives a plan. All of y is written, none of it read before.</summary>
    internal virtual void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        throw new NotSupportedException($"{GetType().Name} has no evaluation without a tape.");

    /// <summary>Predicts rows of a module that knows its widths.</summary>
    private protected void PredictRows(ReadOnlySpan<T> x, Span<T> y, int features, Executor? executor)
    {
        int rows = features == 0 ? 0 : x.Length / features;
        if (rows * features != x.Length)
            throw new ArgumentException($"{x.Length} input values are not a whole number of rows of {features} features.", nameof(x));
        if (Plan(features) is { } plan)
        {
            CheckTarget(x, y, rows, plan.Outputs);
            Prediction<T>.Run(this, plan, rows, x, y, executor);
            return;
        }

        Tensor<T> outputs = OnTape(new Tensor<T>(new Shape(rows, features), x.ToArray()), executor);
        CheckTarget(x, y, rows, outputs.Shape.Last);
        outputs.Span.CopyTo(y);
    }

    private static void CheckTarget(ReadOnlySpan<T> x, Span<T> y, int rows, int outputs)
    {
        if (y.Length != (long)rows * outputs)
            throw new ArgumentException($"{rows} rows have {rows} × {outputs} outputs; y has {y.Length} elements.", nameof(y));
        if (x.Overlaps(y))
            throw new ArgumentException("x and y overlap; outputs are written while inputs are still read, so they need memory of their own.", nameof(y));
    }

    private Tensor<T> OnTape(Tensor<T> x, Executor? executor)
    {
        var tape = new Tape<T>(executor) { RecordsGradients = false };
        Var<T> y = Forward(tape.Constant(x));
        return new Tensor<T>(y.Shape, y.Values.ToArray());
    }
}
