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
    private const int Chunk = 64;

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
            for (int start = 0; start < width; start += Chunk)
                PackChunk(f, column + start, Math.Min(Chunk, width - start), stride, target + start);
            for (int j = 0; j < Count; j++)
            {
                for (int c = width; c < stride; c++)
                    target[((nint)j * stride) + c] = T.Zero;
            }

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

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackChunk(int feature, int column, int width, int stride, T* target)
    {
        T* factors = stackalloc T[Chunk];
        nint edge = ((nint)feature * Outputs) + column;
        for (int c = 0; c < width; c++)
        {
            T factor = Scale is null ? T.One : Scale[edge + c];
            factors[c] = Mask is null ? factor : factor * Mask[edge + c];
        }

        T* source = Of(feature) + column;
        for (int j = 0; j < Count; j++)
        {
            int c = 0;
            for (; c <= width - V.Count; c += V.Count)
                V.Store(V.Load(ref *source, c) * V.Load(ref *factors, c), ref *target, c);
            for (; c < width; c++)
                target[c] = source[c] * factors[c];
            source += Outputs;
            target += stride;
        }
    }
}
