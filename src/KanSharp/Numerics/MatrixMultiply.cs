using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>Products of dense row-major matrices. The bits of a result do not depend on the number of threads.</summary>
internal static class MatrixMultiply
{
    /// <summary>C = op(A)·op(B), C += op(A)·op(B) or C −= op(A)·op(B).</summary>
    /// <param name="a">op(A), [m × k]</param>
    /// <param name="b">op(B), [k × n]</param>
    /// <param name="c">C, row-major [m × n]; must not overlap A or B</param>
    /// <param name="ldc">elements between the starts of two rows of C, at least n</param>
    /// <param name="m">rows of op(A) and C</param>
    /// <param name="n">columns of op(B) and C</param>
    /// <param name="k">columns of op(A), rows of op(B); 0 makes the product zero</param>
    /// <param name="mode">what happens to the former content of C</param>
    /// <param name="executor">threads and register width</param>
    /// <exception cref="ArgumentException">A span is too short or a leading dimension below the row length.</exception>
    public static void Multiply<T>(
        MatrixOperand<T> a, MatrixOperand<T> b, Span<T> c, int ldc, int m, int n, int k, ProductMode mode, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        a.Check(m, k, "A");
        b.Check(k, n, "B");
        MatrixOperand<T>.CheckStorage(c.Length, ldc, m, n, "C");
        if (m == 0 || n == 0)
            return;
        if (k == 0)
        {
            for (int row = 0; row < m && mode == ProductMode.Assign; row++)
                c.Slice(row * ldc, n).Clear();
            return;
        }

        switch (executor.Width)
        {
            case SimdWidth.Bits512:
                Run<Simd512<T>, T>(a, b, c, ldc, m, n, k, mode, executor);
                break;
            case SimdWidth.Bits256:
                Run<Simd256<T>, T>(a, b, c, ldc, m, n, k, mode, executor);
                break;
            case SimdWidth.Bits128:
                Run<Simd128<T>, T>(a, b, c, ldc, m, n, k, mode, executor);
                break;
            default:
                Run<SimdScalar<T>, T>(a, b, c, ldc, m, n, k, mode, executor);
                break;
        }
    }

    /// <summary>C = A·B for contiguous row-major matrices A [m × k], B [k × n] and C [m × n].</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(new MatrixOperand<T>(a, k), new MatrixOperand<T>(b, n), c, n, m, n, k, ProductMode.Assign, executor);

    private static void Run<TV, T>(
        MatrixOperand<T> a, MatrixOperand<T> b, Span<T> c, int ldc, int m, int n, int k, ProductMode mode, Executor executor)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // (A·b)ᵀ = bᵀ·Aᵀ: one column is one row of the transposed product, stored with a stride.
        if (m == 1)
            MatrixVector<TV, T>.Run(a, b.Transpose(), c, 1, n, k, mode, executor);
        else if (n == 1)
            MatrixVector<TV, T>.Run(b.Transpose(), a, c, ldc, m, k, mode, executor);
        else
            PackedMultiply<TV, T>.Run(a, b, c, ldc, m, n, k, mode, executor);
    }
}
