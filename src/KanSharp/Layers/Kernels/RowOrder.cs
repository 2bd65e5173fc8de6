namespace KanSharp.Layers.Kernels;

/// <summary>Sorts the points of a block by cell, feature by feature, so that a kernel meets all points of a cell in a row.</summary>
internal static class RowOrder
{
    /// <summary>Above this many functions a comparison sort is cheaper than counting.</summary>
    private const int MaxCounted = 512;

    /// <summary>Stable: rows of one cell stay in ascending order.</summary>
    /// <param name="first">Index of the first function [rows, features], each below <paramref name="count"/>.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="features">Features of the block.</param>
    /// <param name="count">Basis functions per feature.</param>
    /// <param name="order">Receives row numbers [features, rows].</param>
    public static void Sort(ReadOnlySpan<int> first, int rows, int features, int count, Span<int> order)
    {
        Span<int> next = stackalloc int[Math.Min(count, MaxCounted) + 1];
        Span<long> keys = stackalloc long[count > MaxCounted ? rows : 0];
        for (int f = 0; f < features; f++)
        {
            Span<int> target = order.Slice(f * rows, rows);
            if (count > MaxCounted)
            {
                for (int n = 0; n < rows; n++)
                    keys[n] = ((long)first[n * features + f] << 32) | (uint)n;
                keys.Sort();
                for (int n = 0; n < rows; n++)
                    target[n] = (int)keys[n];
                continue;
            }

            next.Clear();
            for (int n = 0; n < rows; n++)
                next[first[n * features + f] + 1]++;
            for (int cell = 1; cell < next.Length; cell++)
                next[cell] += next[cell - 1];
            for (int n = 0; n < rows; n++)
                target[next[first[n * features + f]]++] = n;
        }
    }
}
