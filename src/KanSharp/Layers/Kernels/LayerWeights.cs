using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The weights of a layer as the kernels read them: W[i, n, o] = factor_io·C[i, n, o] and the base row, both with the mask folded in. Kernels read
/// whole registers, so factors and base rows are padded, and the last features, where a register would reach past the end of C, stand in a copy.
/// </summary>
/// <param name="Coefficients">C, [I, basis, O].</param>
/// <param name="Tail">Copy of C from feature <paramref name="TailStart"/> on, with room behind it; empty if no register reaches past the end.</param>
/// <param name="TailStart">First feature of the copy; I without one.</param>
/// <param name="Factors">[I, padded O]; empty for 1.</param>
/// <param name="Base">[I, padded O]; empty without a base branch.</param>
internal readonly record struct LayerWeights<T>(Buffer<T> Coefficients, Buffer<T> Tail, int TailStart, Buffer<T> Factors, Buffer<T> Base)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
