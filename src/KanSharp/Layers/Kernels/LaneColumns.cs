using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KanSharp.Layers.Kernels;

/// <summary>Copies between row-major matrices and their columns.</summary>
internal static class LaneColumns
{
    /// <summary>Copies columns out of rows.</summary>
    /// <param name="rows">The first of the rows' elements to be copied.</param>
    /// <param name="width">Elements from one row to the next.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="padded">Rows to fill up to with zeros.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="target">Receives [columns][<paramref name="stride"/>].</param>
    /// <param name="stride">Elements from one column to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows<T>(ref T rows, nint width, int count, int padded, int columns, ref T target, nint stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (width == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(ref rows, count).CopyTo(MemoryMarshal.CreateSpan(ref target, count));
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, count), padded - count).Clear();
            return;
        }

        for (int c = 0; c < columns; c++)
        {
            ref T source = ref Unsafe.Add(ref rows, c);
            ref T column = ref Unsafe.Add(ref target, c * stride);
            nint n = 0;
            for (; n <= count - 4; n += 4)
            {
                Unsafe.Add(ref column, n) = source;
                Unsafe.Add(ref column, n + 1) = Unsafe.Add(ref source, width);
                Unsafe.Add(ref column, n + 2) = Unsafe.Add(ref source, 2 * width);
                Unsafe.Add(ref column, n + 3) = Unsafe.Add(ref source, 3 * width);
                source = ref Unsafe.Add(ref source, 4 * width);
            }

            for (; n < count; n++)
            {
                Unsafe.Add(ref column, n) = source;
                source = ref Unsafe.Add(ref source, width);
            }

            for (; n < padded; n++)
                Unsafe.Add(ref column, n) = T.Zero;
        }
    }

    /// <summary>Copies columns into rows, or adds them.</summary>
    /// <param name="columns">[<paramref name="count"/>][<paramref name="stride"/>].</param>
    /// <param name="stride">Elements from one column to the next.</param>
    /// <param name="count">Number of columns.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="target">The first of the rows' elements to be written.</param>
    /// <param name="width">Elements from one row to the next.</param>
    /// <param name="add">Whether to add to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows<T>(ref T columns, nint stride, int count, int rows, ref T target, nint width, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (width == 1 && !add)
        {
            MemoryMarshal.CreateReadOnlySpan(ref columns, rows).CopyTo(MemoryMarshal.CreateSpan(ref target, rows));
            return;
        }

        for (int c = 0; c < count; c++)
        {
            ref T column = ref Unsafe.Add(ref columns, c * stride);
            ref T row = ref Unsafe.Add(ref target, c);
            if (add)
            {
                for (nint n = 0; n < rows; n++)
                {
                    row += Unsafe.Add(ref column, n);
                    row = ref Unsafe.Add(ref row, width);
                }

                continue;
            }

            nint i = 0;
            for (; i <= rows - 4; i += 4)
            {
                row = Unsafe.Add(ref column, i);
                Unsafe.Add(ref row, width) = Unsafe.Add(ref column, i + 1);
                Unsafe.Add(ref row, 2 * width) = Unsafe.Add(ref column, i + 2);
                Unsafe.Add(ref row, 3 * width) = Unsafe.Add(ref column, i + 3);
                row = ref Unsafe.Add(ref row, 4 * width);
            }

            for (; i < rows; i++)
            {
                row = Unsafe.Add(ref column, i);
                row = ref Unsafe.Add(ref row, width);
            }
        }
    }
}
