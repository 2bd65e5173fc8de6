using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The weights of one sum over edges while their arrays are pinned. Scale and mask are multiplied in while weights are packed for the
/// matrix product, and taken out again when a block of its gradient is finished, so neither costs anything per sample.
/// </summary>
internal readonly unsafe struct GlobalWeights<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public required T* Coefficients { get; init; }

    public required T* Scale { get; init; }

    public required T* Mask { get; init; }

    /// <summary>Functions per feature.</summary>
    public required int Count { get; init; }

    public required int Outputs { get; init; }

    /// <summary>Whether the coefficients are the weights as they stand.</summary>
    public bool IsPlain => Scale is null && Mask is null;

    /// <summary>The coefficients of a feature, [functions, O].</summary>
    public T* Of(int feature) => Coefficients + ((nint)feature * Count * Outputs);

    /// <summary>
    /// target[(f, j), c] = W[feature + f, j, column + c] for <paramref name="width"/> columns, and 0 from there to
    /// <paramref name="stride"/>.
    /// </summary>
    public void Pack(int feature, int features, int column, int width, int stride, T* target)
    {
        if (IsPlain)
        {
            MatrixPacking<V, T>.Rows(Of(feature) + column, Outputs, width, features * Count, stride, target);
            return;
        }

        for (int f = feature; f < feature + features; f++)
        {
            PackFeature(f, column, width, stride, target);
            target += (nint)Count * stride;
        }
    }

    /// <summary>
    /// From gradients g of W, stored like the target of <see cref="Pack"/>: C's gradient += mask·scale·g, the scale's += Σ_j mask·C·g.
    /// Either target may be null.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unpack(int feature, int features, int column, int width, int stride, T* g, T* coefficientGradient, T* scaleGradient)
    {
        for (int f = feature; f < feature + features; f++)
        {
            nint edge = ((nint)f * Outputs) + column;
            for (int j = 0; j < Count; j++)
            {
                nint at = ((((nint)f * Count) + j) * Outputs) + column;
                int c = 0;
                for (; c <= width - V.Count; c += V.Count)
                {
                    V masked = V.Load(ref *g, c);
                    if (Mask is not null)
                        masked *= V.Load(ref Mask[edge], c);
                    if (scaleGradient is not null)
                        V.Store(V.MultiplyAdd(masked, V.Load(ref Coefficients[at], c), V.Load(ref scaleGradient[edge], c)), ref scaleGradient[edge], c);
                    if (coefficientGradient is not null)
                    {
                        V factor = Scale is null ? SimdMath.Constant<V, T>(1) : V.Load(ref Scale[edge], c);
                        V.Store(V.MultiplyAdd(masked, factor, V.Load(ref coefficientGradient[at], c)), ref coefficientGradient[at], c);
                    }
                }

                for (; c < width; c++)
                {
                    T masked = Mask is null ? g[c] : g[c] * Mask[edge + c];
                    if (scaleGradient is not null)
                        scaleGradient[edge + c] += masked * Coefficients[at + c];
                    if (coefficientGradient is not null)
                        coefficientGradient[at + c] += Scale is null ? masked : masked * Scale[edge + c];
                }

                g += stride;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackFeature(int feature, int column, int width, int stride, T* target)
    {
        nint edge = ((nint)feature * Outputs) + column;
        T* source = Of(feature) + column;
        int c = 0;
        for (; c <= width - V.Count; c += V.Count)
        {
            V factor = Scale is null ? SimdMath.Constant<V, T>(1) : V.Load(ref Scale[edge], c);
            if (Mask is not null)
                factor *= V.Load(ref Mask[edge], c);
            for (int j = 0; j < Count; j++)
                V.Store(V.Load(ref source[(nint)j * Outputs], c) * factor, ref target[(nint)j * stride], c);
        }

        for (; c < width; c++)
        {
            T factor = Scale is null ? T.One : Scale[edge + c];
            if (Mask is not null)
                factor *= Mask[edge + c];
            for (int j = 0; j < Count; j++)
                target[((nint)j * stride) + c] = source[((nint)j * Outputs) + c] * factor;
        }

        for (; c < stride; c++)
        {
            for (int j = 0; j < Count; j++)
                target[((nint)j * stride) + c] = T.Zero;
        }
    }
}
