using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>Where the gradients of a wavelet layer go; an empty one is left out. Those of weights, translations and inverse scales are written, that of the points is added to.</summary>
/// <param name="Weights">∂/∂W, [I, O].</param>
/// <param name="Translation">∂/∂τ, [I, O].</param>
/// <param name="Inverse">∂/∂v, [I, O].</param>
/// <param name="X">∂/∂x, [rows, I].</param>
/// <param name="Multiplier">∂/∂m, [rows, I].</param>
internal readonly record struct WaveletGradients<T>(Buffer<T> Weights, Buffer<T> Translation, Buffer<T> Inverse, Buffer<T> X, Buffer<T> Multiplier)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
