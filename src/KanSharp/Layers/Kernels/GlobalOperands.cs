using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// One sum over edges, y[n, o] += Σ_i Σ_j m[n, i]·φ_j^(d)(x[n, i])·W[i, j, o] with W = mask_io·scale_io·C[i, j, o]: what the kernels of the
/// global-basis path work on. The base branch of a layer is a second such sum, with a family of one function.
/// </summary>
/// <param name="Basis">The family φ.</param>
/// <param name="X">Points [rows, I].</param>
/// <param name="Multiplier">m, [rows, I], or empty for 1.</param>
/// <param name="Order">Order d of the derivative.</param>
/// <param name="Coefficients">C, [I, functions, O].</param>
/// <param name="Scale">[I, O], or empty for 1.</param>
/// <param name="Mask">[I, O], or empty for 1.</param>
/// <param name="Rows">Batch size N.</param>
/// <param name="Inputs">Number of features I.</param>
/// <param name="Outputs">Number of outputs O.</param>
internal readonly record struct GlobalOperands<T>(
    GlobalBasis<T> Basis,
    Buffer<T> X,
    Buffer<T> Multiplier,
    int Order,
    Buffer<T> Coefficients,
    Buffer<T> Scale,
    Buffer<T> Mask,
    int Rows,
    int Inputs,
    int Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
