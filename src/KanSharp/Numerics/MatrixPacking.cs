using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>Copies between matrices and the panels and tiles of the blocked matrix product.</summary>
internal static unsafe partial class MatrixPacking<TV, T>
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Stored rows are far apart, so the hardware does not foresee the next one.
    private const int RowsAhead = 8;

    /// <summary>Panel row p = source row p, filled with zeros from <paramref name="width"/> to <paramref name="panelWidth"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(T* source, int leading, int width, int depth, int panelWidth, T* panel)
    {
        for (int p = 0; p < depth; p++)
        {
            int j = 0;
            for (; j <= width - TV.Count; j += TV.Count)
                TV.Store(TV.Load(ref *source, j), ref *panel, j);
            for (; j < width; j++)
                panel[j] = source[j];
            for (; j < panelWidth; j++)
                panel[j] = T.Zero;
            source += leading;
            panel += panelWidth;
        }
    }

    /// <summary>
    /// Cuts the columns of the source into panels of six: six neighbouring values of source row p follow one another in the panel. Values
    /// beyond <paramref name="columns"/> are undefined.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TallPanels(T* source, int leading, int columns, int depth, T* panels)
    {
        const int Rows = MicroKernel<TV, T>.Rows;
        nint panelLength = (nint)Rows * depth;
        int whole = columns - (columns % Rows);
        for (int p = 0; p < depth; p++)
        {
            T* target = panels + (p * Rows);
            if (Sse.IsSupported && p + RowsAhead < depth)
            {
                byte* ahead = (byte*)(source + ((nint)RowsAhead * leading));
                for (int at = 0; at < columns * sizeof(T); at += 64)
                    Sse.Prefetch0(ahead + at);
            }

            for (int j = 0; j < whole; j += Rows)
            {
                *(Six*)target = *(Six*)(source + j);
                target += panelLength;
            }

            for (int j = whole; j < columns; j++)
                target[j - whole] = source[j];
            source += leading;
        }
    }

    /// <summary>Brings the valid part of a finished tile into C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreTile(T* tile, int tileWidth, T* c, int leading, int rows, int columns, ProductMode mode)
    {
        for (int row = 0; row < rows; row++)
        {
            int j = 0;
            if (mode == ProductMode.Assign)
            {
                for (; j <= columns - TV.Count; j += TV.Count)
                    TV.Store(TV.Load(ref *tile, j), ref *c, j);
                for (; j < columns; j++)
                    c[j] = tile[j];
            }
            else if (mode == ProductMode.Add)
            {
                for (; j <= columns - TV.Count; j += TV.Count)
                    TV.Store(TV.Load(ref *c, j) + TV.Load(ref *tile, j), ref *c, j);
                for (; j < columns; j++)
                    c[j] += tile[j];
            }
            else
            {
                for (; j <= columns - TV.Count; j += TV.Count)
                    TV.Store(TV.Load(ref *c, j) - TV.Load(ref *tile, j), ref *c, j);
                for (; j < columns; j++)
                    c[j] -= tile[j];
            }

            tile += tileWidth;
            c += leading;
        }
    }

    /// <summary>Six values, copied in one go: wider stores would overlap and cross cache lines.</summary>
    [InlineArray(MicroKernel<TV, T>.Rows)]
    private struct Six
    {
        private T _first;
    }
}
