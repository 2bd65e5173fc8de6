using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>A tile of sums of shifted rows: rows × registers accumulators, one broadcast weight for each row and term.</summary>
internal static unsafe class ConvProduct<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target[r, 0..registers) (+)= Σ_k weights[k, r]·source[offsets[k] ..].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile<R, Q>(int depth, T* weights, T* source, nint* offsets, T* target, nint stride, bool add)
        where R : struct, ITileSize
        where Q : struct, ITileSize
    {
        int width = V.Count;
        V s00 = V.Zero, s01 = V.Zero, s02 = V.Zero, s03 = V.Zero;
        V s10 = V.Zero, s11 = V.Zero, s12 = V.Zero, s13 = V.Zero;
        V s20 = V.Zero, s21 = V.Zero, s22 = V.Zero, s23 = V.Zero;
        V s30 = V.Zero, s31 = V.Zero, s32 = V.Zero, s33 = V.Zero;
        V s40 = V.Zero, s41 = V.Zero, s42 = V.Zero, s43 = V.Zero;
        V s50 = V.Zero, s51 = V.Zero, s52 = V.Zero, s53 = V.Zero;
        V x1 = V.Zero, x2 = V.Zero, x3 = V.Zero;
        for (int k = 0; k < depth; k++)
        {
            ref T row = ref source[offsets[k]];
            V x0 = V.Load(ref row, 0);
            if (Q.Value > 1)
                x1 = V.Load(ref row, width);
            if (Q.Value > 2)
            {
                x2 = V.Load(ref row, 2 * width);
                x3 = V.Load(ref row, 3 * width);
            }

            V w0 = V.Broadcast(weights[0]);
            s00 = V.MultiplyAdd(w0, x0, s00);
            if (Q.Value > 1)
                s01 = V.MultiplyAdd(w0, x1, s01);
            if (Q.Value > 2)
            {
                s02 = V.MultiplyAdd(w0, x2, s02);
                s03 = V.MultiplyAdd(w0, x3, s03);
            }

            if (R.Value > 1)
            {
                V w1 = V.Broadcast(weights[1]);
                s10 = V.MultiplyAdd(w1, x0, s10);
                if (Q.Value > 1)
                    s11 = V.MultiplyAdd(w1, x1, s11);
                if (Q.Value > 2)
                {
                    s12 = V.MultiplyAdd(w1, x2, s12);
                    s13 = V.MultiplyAdd(w1, x3, s13);
                }
            }

            if (R.Value > 2)
            {
                V w2 = V.Broadcast(weights[2]);
                s20 = V.MultiplyAdd(w2, x0, s20);
                if (Q.Value > 1)
                    s21 = V.MultiplyAdd(w2, x1, s21);
                if (Q.Value > 2)
                {
                    s22 = V.MultiplyAdd(w2, x2, s22);
                    s23 = V.MultiplyAdd(w2, x3, s23);
                }
            }

            if (R.Value > 3)
            {
                V w3 = V.Broadcast(weights[3]);
                s30 = V.MultiplyAdd(w3, x0, s30);
                if (Q.Value > 1)
                    s31 = V.MultiplyAdd(w3, x1, s31);
                if (Q.Value > 2)
                {
                    s32 = V.MultiplyAdd(w3, x2, s32);
                    s33 = V.MultiplyAdd(w3, x3, s33);
                }
            }

            if (R.Value > 4)
            {
                V w4 = V.Broadcast(weights[4]);
                s40 = V.MultiplyAdd(w4, x0, s40);
                if (Q.Value > 1)
                    s41 = V.MultiplyAdd(w4, x1, s41);
                if (Q.Value > 2)
                {
                    s42 = V.MultiplyAdd(w4, x2, s42);
                    s43 = V.MultiplyAdd(w4, x3, s43);
                }
            }

            if (R.Value > 5)
            {
                V w5 = V.Broadcast(weights[5]);
                s50 = V.MultiplyAdd(w5, x0, s50);
                if (Q.Value > 1)
                    s51 = V.MultiplyAdd(w5, x1, s51);
                if (Q.Value > 2)
                {
                    s52 = V.MultiplyAdd(w5, x2, s52);
                    s53 = V.MultiplyAdd(w5, x3, s53);
                }
            }

            weights += R.Value;
        }

        Put<Q>(s00, s01, s02, s03, target, add);
        if (R.Value > 1)
            Put<Q>(s10, s11, s12, s13, target + (1 * stride), add);
        if (R.Value > 2)
            Put<Q>(s20, s21, s22, s23, target + (2 * stride), add);
        if (R.Value > 3)
            Put<Q>(s30, s31, s32, s33, target + (3 * stride), add);
        if (R.Value > 4)
            Put<Q>(s40, s41, s42, s43, target + (4 * stride), add);
        if (R.Value > 5)
            Put<Q>(s50, s51, s52, s53, target + (5 * stride), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<Q>(V s0, V s1, V s2, V s3, T* target, bool add)
        where Q : struct, ITileSize
    {
        Put(s0, target, add);
        if (Q.Value > 1)
            Put(s1, target + V.Count, add);
        if (Q.Value > 2)
        {
            Put(s2, target + (2 * V.Count), add);
            Put(s3, target + (3 * V.Count), add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(V sum, T* target, bool add) => V.Store(add ? sum + V.Load(ref *target, 0) : sum, ref *target, 0);
}
