using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// Solves with triangular matrices, in place on row-major right-hand sides. Only the named triangle is read. Blocked: all but the
/// diagonal blocks is a matrix product.
/// </summary>
internal static class TriangularSolve
{
    private const int Block = 64;

    /// <summary>B = L⁻¹·B.</summary>
    /// <param name="l">L, lower triangle of a row-major [n × n] with rows <paramref name="ldl"/> apart</param>
    /// <param name="ldl">elements between two rows of L</param>
    /// <param name="n">order of L</param>
    /// <param name="b">right-hand sides, row-major [n × columns]; receives the solution</param>
    /// <param name="ldb">elements between two rows of B</param>
    /// <param name="columns">number of right-hand sides</param>
    /// <param name="executor">threads and register width</param>
    public static void Lower<T>(ReadOnlySpan<T> l, int ldl, int n, Span<T> b, int ldb, int columns, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int start = 0; start < n; start += Block)
        {
            int size = Math.Min(Block, n - start);
            if (start > 0)
            {
                MatrixMultiply.Multiply(
                    new MatrixOperand<T>(l[(start * ldl)..], ldl), new MatrixOperand<T>(b, ldb),
                    b[(start * ldb)..], ldb, size, columns, start, ProductMode.Subtract, executor);
            }

            for (int row = start; row < start + size; row++)
            {
                Span<T> target = b.Slice(row * ldb, columns);
                for (int j = start; j < row; j++)
                    Eliminate(l[(row * ldl) + j], b.Slice(j * ldb, columns), target);
                Divide(target, l[(row * ldl) + row]);
            }
        }
    }

    /// <summary>B = L⁻ᵀ·B; parameters as for <see cref="Lower{T}"/>.</summary>
    public static void LowerTransposed<T>(ReadOnlySpan<T> l, int ldl, int n, Span<T> b, int ldb, int columns, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int end = n; end > 0; end -= Block)
        {
            int start = Math.Max(0, end - Block);
            if (end < n)
            {
                MatrixMultiply.Multiply(
                    new MatrixOperand<T>(l[((end * ldl) + start)..], ldl, true), new MatrixOperand<T>(b[(end * ldb)..], ldb),
                    b[(start * ldb)..], ldb, end - start, columns, n - end, ProductMode.Subtract, executor);
            }

            for (int row = end - 1; row >= start; row--)
            {
                Span<T> solved = b.Slice(row * ldb, columns);
                Divide(solved, l[(row * ldl) + row]);
                for (int j = start; j < row; j++)
                    Eliminate(l[(row * ldl) + j], solved, b.Slice(j * ldb, columns));
            }
        }
    }

    /// <summary>B = R⁻¹·B with R the upper triangle; other parameters as for <see cref="Lower{T}"/>.</summary>
    public static void Upper<T>(ReadOnlySpan<T> r, int ldr, int n, Span<T> b, int ldb, int columns, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int end = n; end > 0; end -= Block)
        {
            int start = Math.Max(0, end - Block);
            if (end < n)
            {
                MatrixMultiply.Multiply(
                    new MatrixOperand<T>(r[((start * ldr) + end)..], ldr), new MatrixOperand<T>(b[(end * ldb)..], ldb),
                    b[(start * ldb)..], ldb, end - start, columns, n - end, ProductMode.Subtract, executor);
            }

            for (int row = end - 1; row >= start; row--)
            {
                Span<T> target = b.Slice(row * ldb, columns);
                for (int j = row + 1; j < end; j++)
                    Eliminate(r[(row * ldr) + j], b.Slice(j * ldb, columns), target);
                Divide(target, r[(row * ldr) + row]);
            }
        }
    }

    /// <summary>B = B·L⁻ᵀ for B [rows × n], unblocked: the panel step of the Cholesky factorisation.</summary>
    public static void RightLowerTransposed<T>(ReadOnlySpan<T> l, int ldl, int n, Span<T> b, int ldb, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
        {
            Span<T> x = b.Slice(row * ldb, n);
            for (int j = 0; j < n; j++)
                x[j] = (x[j] - Vectors.Dot(x[..j], l.Slice(j * ldl, j))) / l[(j * ldl) + j];
        }
    }

    private static void Eliminate<T>(T factor, ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (target.Length == 1)
            target[0] -= factor * source[0];
        else
            Vectors.AddScaled(-factor, source, target);
    }

    private static void Divide<T>(Span<T> values, T divisor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
            value /= divisor;
    }
}
