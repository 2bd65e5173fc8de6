using System.Numerics;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Matrices [rows, columns] cut into blocks of columns: a sum over rows is then done by one thread from the first row to the last, and its
/// bits do not depend on the number of threads.
/// </summary>
internal static class ColumnBlocks
{
    private const int Width = 256;

    public static int Count(int columns) => Pieces.Count(columns, Width);

    public static (int Start, int Length) Bounds(int block, int columns)
    {
        (int start, int end) = Pieces.Bounds(block, columns, Width);
        return (start, end - start);
    }

    /// <summary>sum[c] += Σ_r matrix[r, c] for the columns of one block.</summary>
    public static void AddRows<T>(ReadOnlySpan<T> matrix, int columns, int block, Span<T> sum, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int start, int length) = Bounds(block, columns);
        Span<T> target = sum.Slice(start, length);
        for (int offset = start; offset < matrix.Length; offset += columns)
            VectorMath.Add(target, matrix.Slice(offset, length), target, width);
    }

    /// <summary>sum[c] += Σ_r left[r, c]·right[r, c] for the columns of one block.</summary>
    public static void AddProducts<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int columns, int block, Span<T> sum, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int start, int length) = Bounds(block, columns);
        Span<T> target = sum.Slice(start, length);
        for (int offset = start; offset < left.Length; offset += columns)
            VectorMath.MultiplyAdd(left.Slice(offset, length), right.Slice(offset, length), target, width);
    }
}
