using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>A tile of sums of products along rows: rows of the gradient × shifted rows of the source, each sum in a register until the end.</summary>
internal static unsafe class ConvCorrelation<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>sums[q, r] += Σ_p source[offsets[q] + p]·gradient[r, p].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile<R, Q>(T* source, nint* offsets, int length, T* gradient, nint gradientStride, T* sums, nint stride)
        where R : struct, ITileSize
        where Q : struct, ITileSize
    {
        T* row0 = source + offsets[0];
        T* row1 = Q.Value > 1 ? source + offsets[1] : row0;
        T* row2 = Q.Value > 2 ? source + offsets[2] : row0;
        T* row3 = Q.Value > 2 ? source + offsets[3] : row0;
        V s00 = V.Zero, s01 = V.Zero, s02 = V.Zero, s03 = V.Zero;
        V s10 = V.Zero, s11 = V.Zero, s12 = V.Zero, s13 = V.Zero;
        V s20 = V.Zero, s21 = V.Zero, s22 = V.Zero, s23 = V.Zero;
        V s30 = V.Zero, s31 = V.Zero, s32 = V.Zero, s33 = V.Zero;
        V s40 = V.Zero, s41 = V.Zero, s42 = V.Zero, s43 = V.Zero;
        V s50 = V.Zero, s51 = V.Zero, s52 = V.Zero, s53 = V.Zero;
        V x1 = V.Zero, x2 = V.Zero, x3 = V.Zero;
        for (int p = 0; p < length; p += V.Count)
        {
            V x0 = V.Load(ref row0[p], 0);
            if (Q.Value > 1)
                x1 = V.Load(ref row1[p], 0);
            if (Q.Value > 2)
            {
                x2 = V.Load(ref row2[p], 0);
                x3 = V.Load(ref row3[p], 0);
            }

            T* g = gradient + p;

            V g0 = V.Load(ref *g, 0);
            s00 = V.MultiplyAdd(g0, x0, s00);
            if (Q.Value > 1)
                s01 = V.MultiplyAdd(g0, x1, s01);
            if (Q.Value > 2)
            {
                s02 = V.MultiplyAdd(g0, x2, s02);
                s03 = V.MultiplyAdd(g0, x3, s03);
            }

            if (R.Value > 1)
            {
                V g1 = V.Load(ref *g, gradientStride);
                s10 = V.MultiplyAdd(g1, x0, s10);
                if (Q.Value > 1)
                    s11 = V.MultiplyAdd(g1, x1, s11);
                if (Q.Value > 2)
                {
                    s12 = V.MultiplyAdd(g1, x2, s12);
                    s13 = V.MultiplyAdd(g1, x3, s13);
                }
            }

            if (R.Value > 2)
            {
                V g2 = V.Load(ref *g, 2 * gradientStride);
                s20 = V.MultiplyAdd(g2, x0, s20);
                if (Q.Value > 1)
                    s21 = V.MultiplyAdd(g2, x1, s21);
                if (Q.Value > 2)
                {
                    s22 = V.MultiplyAdd(g2, x2, s22);
                    s23 = V.MultiplyAdd(g2, x3, s23);
                }
            }

            if (R.Value > 3)
            {
                V g3 = V.Load(ref *g, 3 * gradientStride);
                s30 = V.MultiplyAdd(g3, x0, s30);
                if (Q.Value > 1)
                    s31 = V.MultiplyAdd(g3, x1, s31);
                if (Q.Value > 2)
                {
                    s32 = V.MultiplyAdd(g3, x2, s32);
                    s33 = V.MultiplyAdd(g3, x3, s33);
                }
            }

            if (R.Value > 4)
            {
                V g4 = V.Load(ref *g, 4 * gradientStride);
                s40 = V.MultiplyAdd(g4, x0, s40);
                if (Q.Value > 1)
                    s41 = V.MultiplyAdd(g4, x1, s41);
                if (Q.Value > 2)
                {
                    s42 = V.MultiplyAdd(g4, x2, s42);
                    s43 = V.MultiplyAdd(g4, x3, s43);
                }
            }

            if (R.Value > 5)
            {
                V g5 = V.Load(ref *g, 5 * gradientStride);
                s50 = V.MultiplyAdd(g5, x0, s50);
                if (Q.Value > 1)
                    s51 = V.MultiplyAdd(g5, x1, s51);
                if (Q.Value > 2)
                {
                    s52 = V.MultiplyAdd(g5, x2, s52);
                    s53 = V.MultiplyAdd(g5, x3, s53);
                }
            }
        }

        Put<Q>(s00, s01, s02, s03, sums, stride);
        if (R.Value > 1)
            Put<Q>(s10, s11, s12, s13, sums + 1, stride);
        if (R.Value > 2)
            Put<Q>(s20, s21, s22, s23, sums + 2, stride);
        if (R.Value > 3)
            Put<Q>(s30, s31, s32, s33, sums + 3, stride);
        if (R.Value > 4)
            Put<Q>(s40, s41, s42, s43, sums + 4, stride);
        if (R.Value > 5)
            Put<Q>(s50, s51, s52, s53, sums + 5, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<Q>(V s0, V s1, V s2, V s3, T* sums, nint stride)
        where Q : struct, ITileSize
    {
        sums[0] += V.Sum(s0);
        if (Q.Value > 1)
            sums[stride] += V.Sum(s1);
        if (Q.Value > 2)
        {
            sums[2 * stride] += V.Sum(s2);
            sums[3 * stride] += V.Sum(s3);
        }
    }
}
