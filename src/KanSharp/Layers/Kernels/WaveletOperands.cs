using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// y[n, o] += Σ_i m[n, i]·W[i, o]·v[i, o]^d·ψ⁽ᵈ⁾((x[n, i] − τ[i, o])·v[i, o]): what the kernels of wavelet layers work on.
/// </summary>
/// <param name="Wavelet">ψ.</param>
/// <param name="X">Points [rows, I].</param>
/// <param name="Multiplier">m, [rows, I], or empty for 1.</param>
/// <param name="Order">Order d of the derivative, 0 to 4.</param>
/// <param name="Weights">W, [I, O], with edge scale, mask and window.</param>
/// <param name="Inverse">v = 1/s, [I, O].</param>
/// <param name="Translation">τ, [I, O].</param>
/// <param name="Rows">Batch size N.</param>
/// <param name="Inputs">Number of features I.</param>
/// <param name="Outputs">Number of outputs O.</param>
internal readonly record struct WaveletOperands<T>(
    MotherWavelet<T> Wavelet, Buffer<T> X, Buffer<T> Multiplier, int Order, Buffer<T> Weights, Buffer<T> Inverse, Buffer<T> Translation, int Rows, int Inputs, int Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
