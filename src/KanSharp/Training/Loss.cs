using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>
/// What training makes small: a single number from outputs and targets, averaged as PyTorch does (reduction "mean"). Derive from it for a
/// loss of your own and override <see cref="Of{T}(Var{T}, Var{T}, ReadOnlySpan{T})"/> with ordinary operations. Shapes are never broadcast.
/// </summary>
public abstract record Loss
{
    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mse", "mae", "huber", "cross-entropy", "binary-cross-entropy"];

    /// <summary>Short name, for example "mse".</summary>
    public abstract string Name { get; }

    /// <summary>Whether targets may be class indices (default false).</summary>
    public virtual bool AcceptsLabels => false;

    /// <summary>Whether targets may be numbers of the output's shape (default true).</summary>
    public virtual bool AcceptsValues => true;

    /// <summary>A loss with its default settings.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">No loss has that name.</exception>
    public static Loss Parse(string name) => name switch
    {
        "mse" => new MeanSquaredError(),
        "mae" => new MeanAbsoluteError(),
        "huber" => new HuberLoss(),
        "cross-entropy" => new CrossEntropy(),
        "binary-cross-entropy" => new BinaryCrossEntropy(),
        _ => throw new ArgumentException($"Loss '{name}' is unknown. There are: {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>Loss against target values.</summary>
    /// <param name="output">Predictions [..., outputs].</param>
    /// <param name="target">Target values, a constant of exactly the same shape.</param>
    /// <param name="weights">One non-negative weight per row (all but the last axis); the result is the weighted mean. None by default.</param>
    /// <returns>A scalar on the tape.</returns>
    /// <exception cref="ArgumentException">Shapes differ, there is nothing to average, or the weights do not fit.</exception>
    /// <exception cref="NotSupportedException">The loss takes class indices.</exception>
    public virtual Var<T> Of<T>(Var<T> output, Var<T> target, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotSupportedException($"Loss '{Name}' needs class indices as targets, one int per row of the output.");

    /// <summary>Loss against class indices.</summary>
    /// <param name="output">Logits (unnormalised log-probabilities) [..., classes].</param>
    /// <param name="labels">One class index per row, row-major.</param>
    /// <param name="weights">One non-negative weight per row; the result is the weighted mean. None by default.</param>
    /// <returns>A scalar on the tape.</returns>
    /// <exception cref="ArgumentException">The number of labels or weights differs from the number of rows, or there is nothing to average.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class of the output.</exception>
    /// <exception cref="NotSupportedException">The loss takes values.</exception>
    public virtual Var<T> Of<T>(Var<T> output, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotSupportedException($"Loss '{Name}' needs target values of the output's shape, not class indices.");
}
