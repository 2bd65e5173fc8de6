using KanSharp.Autodiff.Operations;

namespace KanSharp.Autodiff;

/// <content>Reductions over all elements or one axis. Sums are taken in a fixed order, whatever the number of threads.</content>
public readonly partial struct Var<T>
{
    /// <summary>Sum of all elements, a scalar; 0 without any.</summary>
    public Var<T> Sum() => ReduceNode<T>.Record(this, AxisView.All(Shape), Shape.Scalar, T.One);

    /// <summary>Sum along an axis.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays with extent 1 (default: it goes).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public Var<T> Sum(int axis, bool keepDims = false) =>
        ReduceNode<T>.Record(this, AxisView.Of(Shape, axis), Reduced(axis, keepDims), T.One);

    /// <summary>Mean of all elements, a scalar; NaN without any.</summary>
    public Var<T> Mean() => ReduceNode<T>.Record(this, AxisView.All(Shape), Shape.Scalar, T.One / T.CreateTruncating(Shape.Count));

    /// <summary>Mean along an axis; NaN if its extent is 0.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays with extent 1 (default: it goes).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public Var<T> Mean(int axis, bool keepDims = false) => ReduceNode<T>.Record(
        this, AxisView.Of(Shape, axis), Reduced(axis, keepDims), T.One / T.CreateTruncating(Shape[axis]));

    /// <summary>Variance of all elements, a scalar: Σ(x − mean)² / (n − correction).</summary>
    /// <param name="correction">What is taken from n: 0 (default) for the population, 1 for the unbiased estimate.</param>
    public Var<T> Variance(int correction = 0) =>
        (this - Mean()).Square().Sum() / T.CreateTruncating(Shape.Count - correction);

    /// <summary>Variance along an axis: Σ(x − mean)² / (n − correction).</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="correction">What is taken from n: 0 (default) for the population, 1 for the unbiased estimate.</param>
    /// <param name="keepDims">Whether the axis stays with extent 1 (default: it goes).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public Var<T> Variance(int axis, int correction, bool keepDims = false) =>
        (this - Mean(axis, keepDims: true)).Square().Sum(axis, keepDims) / T.CreateTruncating(Shape[axis] - correction);

    /// <summary>Largest element, a scalar; NaN if any is. The gradient goes to the first of several.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Var<T> Max() => MaxNode<T>.Record(this, AxisView.All(Shape), Shape.Scalar);

    /// <summary>Largest element along an axis; NaN if any is. The gradient goes to the first of several.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays with extent 1 (default: it goes).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    /// <exception cref="InvalidOperationException">The axis has extent 0.</exception>
    public Var<T> Max(int axis, bool keepDims = false) => MaxNode<T>.Record(this, AxisView.Of(Shape, axis), Reduced(axis, keepDims));

    private Shape Reduced(int axis, bool keepDims) => AxisView.Replace(Shape, axis, keepDims ? 1 : -1);
}
