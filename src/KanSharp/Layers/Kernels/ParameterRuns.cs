using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>Runs of Jacobian rows that take a whole parameter.</summary>
internal static class ParameterRuns
{
    /// <summary>Declares a parameter as one run.</summary>
    /// <returns>Number of the run; −1 if there is no such parameter or it is frozen.</returns>
    public static int Declare<T>(JacobianLayout<T> layout, Node<T>? node)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Trainable(node) is { Shape.Count: var count } use ? layout.Declare(use, 0, count, count, count) : -1;

    /// <summary>The node as the use of a parameter that is trained, else null.</summary>
    public static ParameterNode<T>? Trainable<T>(Node<T>? node)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        node is ParameterNode<T> { Parameter.Trainable: true } use ? use : null;

    /// <summary>target += factor·source.</summary>
    public static void AddScaled<T>(double factor, ReadOnlySpan<T> source, Span<double> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < source.Length; index++)
            target[index] += factor * double.CreateTruncating(source[index]);
    }
}
