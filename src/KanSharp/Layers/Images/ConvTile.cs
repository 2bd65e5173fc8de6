using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>A number that the JIT knows, so that the code of larger tiles falls away.</summary>
internal interface ITileSize
{
    static abstract int Value { get; }
}

/// <summary>
/// The two innermost loops of a flat convolution. Both keep a tile of up to 6 rows and 4 registers in registers; rows of one operand are found by a list of
/// offsets, so that shifted rows are read where they stand.
/// </summary>
internal static unsafe class ConvTile<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of the largest tile.</summary>
    public const int Rows = 6;

    /// <summary>Registers side by side: four where there are 32 of them, else two.</summary>
    public static int Registers => V.Count * Unsafe.SizeOf<T>() == 64 ? 4 : 2;

    /// <summary>How many tiles so many rows make.</summary>
    public static int Tiles(int rows) => (rows + Rows - 1) / Rows;

    /// <summary>First row of a tile; all tiles are as equal as they can be.</summary>
    public static int First(int tile, int rows) => tile * rows / Tiles(rows);

    /// <summary>target[r, p] (+)= Σ_k weights[k, r]·source[offsets[k] + p] for p below a length that is filled up to whole registers.</summary>
    /// <param name="rows">Rows of the tile, 1 to 6.</param>
    /// <param name="depth">Number of terms.</param>
    /// <param name="weights">[depth, rows].</param>
    /// <param name="source">Where offset 0 and p = 0 stand.</param>
    /// <param name="offsets">Where the row of each term begins.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="target">The first row of sums.</param>
    /// <param name="stride">Elements between two rows of sums.</param>
    /// <param name="add">Whether to add to what is there.</param>
    public static void Product(int rows, int depth, T* weights, T* source, nint* offsets, int length, T* target, nint stride, bool add)
    {
        switch (rows)
        {
            case 1: Product<Size1>(depth, weights, source, offsets, length, target, stride, add); break;
            case 2: Product<Size2>(depth, weights, source, offsets, length, target, stride, add); break;
            case 3: Product<Size3>(depth, weights, source, offsets, length, target, stride, add); break;
            case 4: Product<Size4>(depth, weights, source, offsets, length, target, stride, add); break;
            case 5: Product<Size5>(depth, weights, source, offsets, length, target, stride, add); break;
            default: Product<Size6>(depth, weights, source, offsets, length, target, stride, add); break;
        }
    }

    /// <summary>sums[k, r] += Σ_p source[offsets[k] + p]·gradient[r, p], p as above.</summary>
    /// <param name="rows">Rows of the gradient, 1 to 6.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="source">Where offset 0 and p = 0 stand.</param>
    /// <param name="offsets">Where the row of each k begins.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="gradient">The first row.</param>
    /// <param name="gradientStride">Elements between two rows of the gradient.</param>
    /// <param name="sums">The first sum.</param>
    /// <param name="stride">Elements between the sums of two k.</param>
    public static void Correlate(int rows, int depth, T* source, nint* offsets, int length, T* gradient, nint gradientStride, T* sums, nint stride)
    {
        switch (rows)
        {
            case 1: Correlate<Size1>(depth, source, offsets, length, gradient, gradientStride, sums, stride); break;
            case 2: Correlate<Size2>(depth, source, offsets, length, gradient, gradientStride, sums, stride); break;
            case 3: Correlate<Size3>(depth, source, offsets, length, gradient, gradientStride, sums, stride); break;
            case 4: Correlate<Size4>(depth, source, offsets, length, gradient, gradientStride, sums, stride); break;
            case 5: Correlate<Size5>(depth, source, offsets, length, gradient, gradientStride, sums, stride); break;
            default: Correlate<Size6>(depth, source, offsets, length, gradient, gradientStride, sums, stride); break;
        }
    }

    private static void Product<R>(int depth, T* weights, T* source, nint* offsets, int length, T* target, nint stride, bool add)
        where R : struct, ITileSize
    {
        int wide = Registers * V.Count;
        int p = 0;
        for (; p <= length - wide; p += wide)
        {
            if (Registers == 4)
                ConvProduct<V, T>.Tile<R, Size4>(depth, weights, source + p, offsets, target + p, stride, add);
            else
                ConvProduct<V, T>.Tile<R, Size2>(depth, weights, source + p, offsets, target + p, stride, add);
        }

        for (; p < length; p += V.Count)
            ConvProduct<V, T>.Tile<R, Size1>(depth, weights, source + p, offsets, target + p, stride, add);
    }

    private static void Correlate<R>(int depth, T* source, nint* offsets, int length, T* gradient, nint gradientStride, T* sums, nint stride)
        where R : struct, ITileSize
    {
        int wide = Registers;
        int k = 0;
        for (; k <= depth - wide; k += wide)
        {
            if (Registers == 4)
                ConvCorrelation<V, T>.Tile<R, Size4>(source, offsets + k, length, gradient, gradientStride, sums + (k * stride), stride);
            else
                ConvCorrelation<V, T>.Tile<R, Size2>(source, offsets + k, length, gradient, gradientStride, sums + (k * stride), stride);
        }

        for (; k < depth; k++)
            ConvCorrelation<V, T>.Tile<R, Size1>(source, offsets + k, length, gradient, gradientStride, sums + (k * stride), stride);
    }

    private readonly struct Size1 : ITileSize
    {
        public static int Value => 1;
    }

    private readonly struct Size2 : ITileSize
    {
        public static int Value => 2;
    }

    private readonly struct Size3 : ITileSize
    {
        public static int Value => 3;
    }

    private readonly struct Size4 : ITileSize
    {
        public static int Value => 4;
    }

    private readonly struct Size5 : ITileSize
    {
        public static int Value => 5;
    }

    private readonly struct Size6 : ITileSize
    {
        public static int Value => 6;
    }
}
