using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>Copies between matrices and the panels and tiles of the blocked matrix product.</summary>
internal static unsafe class MatrixPacking<TV, T>
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int CopyBlock = 16;

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
