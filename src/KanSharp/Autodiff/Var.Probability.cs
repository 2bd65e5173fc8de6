using KanSharp.Autodiff.Operations;

namespace KanSharp.Autodiff;

/// <content>Softmax and dropout.</content>
public readonly partial struct Var<T>
{
    /// <summary>exp(x) / Σ exp(x) along the last axis, computed so that large values do not overflow.</summary>
    /// <exception cref="ArgumentException">The value is a scalar.</exception>
    public Var<T> Softmax() => SoftmaxNode<T>.Record(this, logarithm: false);

    /// <summary>x − ln Σ exp(x) along the last axis, computed so that large values do not overflow.</summary>
    /// <exception cref="ArgumentException">The value is a scalar.</exception>
    public Var<T> LogSoftmax() => SoftmaxNode<T>.Record(this, logarithm: true);

    /// <summary>
    /// Sets each element to 0 with probability <paramref name="rate"/> and multiplies the others by 1 / (1 − rate), whether the tape is in
    /// training or not. Draws from the stream that <see cref="Tape{T}.Seed"/> starts.
    /// </summary>
    /// <param name="rate">Probability in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public Var<T> Dropout(double rate)
    {
        DropoutNode<T>.CheckRate(rate);
        return DropoutNode<T>.Record(this, rate, Tape.NextMask());
    }
}
