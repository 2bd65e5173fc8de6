using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>The functions of global families.</summary>
internal static class GlobalFamily
{
    /// <summary>The functions, which read the tensors where these are.</summary>
    /// <param name="options">The family.</param>
    /// <param name="tensors">Its tensors as <see cref="BasisParts"/> lists them.</param>
    /// <exception cref="NotSupportedException">The family is not a global one.</exception>
    public static GlobalBasis<T> Create<T>(BasisOptions options, IReadOnlyList<Tensor<T>> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => options switch
        {
            GaussianOptions gaussian => new GaussianBasis<T>(gaussian.Low, gaussian.High, gaussian.Centers, gaussian.Width),
            _ => throw new NotSupportedException($"Family '{options.Family}' has no functions here."),
        };
}
