using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// A = L·Lᵀ in place, right-looking and blocked: after each block column the rest of the matrix is updated by a matrix product
/// (Golub and Van Loan, "Matrix Computations", section 4.2).
/// </summary>
internal static class Cholesky
{
    private const int Block = 64;
    private const int UpdateBlock = 192;

    /// <summary>Overwrites the lower triangle of A with L. The strict upper triangle is left undefined.</summary>
    /// <param name="matrix">A, row-major [n × n]; only the lower triangle is read</param>
    /// <param name="leading">elements between two rows</param>
    /// <param name="n">order</param>
    /// <param name="executor">threads and register width</param>
    public static CholeskyOutcome Factor<T>(Span<T> matrix, int leading, int n, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixOperand<T>.CheckStorage(matrix.Length, leading, n, n, "A");
        for (int start = 0; start < n; start += Block)
        {
            int size = Math.Min(Block, n - start);
            Span<T> diagonal = matrix[((start * leading) + start)..];
            CholeskyOutcome outcome = FactorBlock(diagonal, leading, size);
            if (!outcome.Succeeded)
                return outcome with { FailedPivot = start + outcome.FailedPivot };
            int below = start + size;
            if (below == n)
                break;
            Span<T> panel = matrix[((below * leading) + start)..];
            TriangularSolve.RightLowerTransposed<T>(diagonal, leading, size, panel, leading, n - below);
            for (int column = below; column < n; column += UpdateBlock)
            {
                ReadOnlySpan<T> left = matrix[((column * leading) + start)..];
                MatrixMultiply.Multiply(
                    new MatrixOperand<T>(left, leading), new MatrixOperand<T>(left, leading, true),
                    matrix[((column * leading) + column)..], leading,
                    n - column, Math.Min(UpdateBlock, n - column), size, ProductMode.Subtract, executor);
            }
        }

        return CholeskyOutcome.Success;
    }

    private static CholeskyOutcome FactorBlock<T>(Span<T> a, int leading, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < n; row++)
        {
            Span<T> current = a.Slice(row * leading, row + 1);
            for (int j = 0; j < row; j++)
                current[j] = (current[j] - Vectors.Dot(current[..j], a.Slice(j * leading, j))) / a[(j * leading) + j];
            T pivot = current[row] - Vectors.Dot(current[..row], current[..row]);
            if (!(pivot > T.Zero) || !T.IsFinite(pivot))
                return new CholeskyOutcome(row, double.CreateChecked(pivot));
            current[row] = T.Sqrt(pivot);
        }

        return CholeskyOutcome.Success;
    }
}
