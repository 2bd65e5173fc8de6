using KanSharp.Autodiff.Operations;

namespace KanSharp.Autodiff;

/// <content>Matrix product and transpose.</content>
public readonly partial struct Var<T>
{
    /// <summary>Matrix product: [..., m, k] · [k, n] → [..., m, n].</summary>
    /// <param name="right">The right matrix, [k, n], or [n, k] if it enters transposed.</param>
    /// <param name="transposeLeft">Takes the transpose of this value, which must then be a matrix [k, m].</param>
    /// <param name="transposeRight">Takes the transpose of <paramref name="right"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the values are on different tapes.</exception>
    public Var<T> MatMul(Var<T> right, bool transposeLeft = false, bool transposeRight = false) =>
        MatMulNode<T>.Record(this, right, transposeLeft, transposeRight);

    /// <summary>Matrix product with a parameter: [..., m, k] · [k, n] → [..., m, n].</summary>
    /// <param name="right">The right matrix, [k, n], or [n, k] if it enters transposed.</param>
    /// <param name="transposeLeft">Takes the transpose of this value, which must then be a matrix [k, m].</param>
    /// <param name="transposeRight">Takes the transpose of <paramref name="right"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Var<T> MatMul(Parameter<T> right, bool transposeLeft = false, bool transposeRight = false) =>
        MatMulNode<T>.Record(this, Tape.Use(right), transposeLeft, transposeRight);

    /// <summary>Exchanges the last two axes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two axes.</exception>
    public Var<T> Transpose() => Transpose(-2, -1);

    /// <summary>Exchanges two axes.</summary>
    /// <param name="first">One axis; negative counts from the end.</param>
    /// <param name="second">The other axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public Var<T> Transpose(int first, int second) => TransposeNode<T>.Record(this, first, second);
}
