using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>Copies between matrices and the panels and tiles of the blocked matrix product.</summary>
internal static unsafe class MatrixPacking<TV, T>
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int CopyBlock = 16;

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

    /// <summary>Panel column j = source row j, filled with zeros from <paramref name="width"/> to <paramref name="panelWidth"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(T* source, int leading, int width, int depth, int panelWidth, T* panel)
    {
        for (int start = 0; start < depth; start += CopyBlock)
        {
            int count = Math.Min(CopyBlock, depth - start);
            for (int j = 0; j < width; j++)
            {
                T* from = source + ((nint)j * leading) + start;
                T* to = panel + ((nint)start * panelWidth) + j;
                for (int p = 0; p < count; p++)
                {
                    *to = from[p];
                    to += panelWidth;
                }
            }

            for (int p = start; p < start + count; p++)
            {
                for (int j = width; j < panelWidth; j++)
                    panel[(p * panelWidth) + j] = T.Zero;
            }
        }
    }

    /// <summary>Elements from one tall panel to the next: room for the last register that is written beyond its six values.</summary>
    public static int TallPanelLength(int depth) => (MicroKernel<TV, T>.Rows * depth) + TV.Count;

    /// <summary>
    /// Cuts the columns of the source into panels of six: six neighbouring values of source row p follow one another in the panel. Whole
    /// registers are copied, the surplus lanes are overwritten by the next row; values beyond <paramref name="columns"/> are undefined.
    /// No value beyond <paramref name="readable"/> of a row is read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TallPanels(T* source, int leading, int columns, int readable, int depth, T* panels, int panelLength)
    {
        const int Rows = MicroKernel<TV, T>.Rows;
        int copied = (Rows + TV.Count - 1) / TV.Count * TV.Count;
        for (int p = 0; p < depth; p++)
        {
            T* target = panels + (p * Rows);
            if (Sse.IsSupported && p + RowsAhead < depth)
            {
                byte* ahead = (byte*)(source + ((nint)RowsAhead * leading));
                for (int at = 0; at < columns * sizeof(T); at += 64)
                    Sse.Prefetch0(ahead + at);
            }

            int j = 0;
            for (; j < columns && j + copied <= readable; j += Rows)
            {
                for (int lane = 0; lane < copied; lane += TV.Count)
                    TV.Store(TV.Load(ref *source, j + lane), ref *target, lane);
                target += panelLength;
            }

            for (; j < columns; j += Rows)
            {
                for (int lane = 0; lane < Math.Min(Rows, columns - j); lane++)
                    target[lane] = source[j + lane];
                target += panelLength;
            }

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
}
