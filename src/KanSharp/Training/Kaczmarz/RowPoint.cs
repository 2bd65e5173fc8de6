using System.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>What a layer remembers of one record between its forward pass and its update. Rows of numbers have the layer's input stride.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal unsafe struct RowPoint<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[functions, inputs] values of the functions that are not zero: k+1 splines and, with a base branch, the base function.</summary>
    public T* Values;

    /// <summary>[functions, inputs] their derivatives by the input.</summary>
    public T* Slopes;

    /// <summary>[inputs] derivatives of the output by the inputs; only layers with one output have them.</summary>
    public T* Derivatives;

    /// <summary>[inputs] weight row of the first spline, written as <see cref="Numerics.LaneIndex"/> has it.</summary>
    public T* First;

    /// <summary>[targets, outputs] derivatives of the network's outputs by the outputs of this layer.</summary>
    public T* Gradients;
}
