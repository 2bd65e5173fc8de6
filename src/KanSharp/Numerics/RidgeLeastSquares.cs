using System.Buffers;
using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// Ridge regression, X = argmin ‖A·X − B‖² + μ·‖X‖² with μ = λ·trace(AᵀA)/n, n unknowns: λ is relative to the mean squared column norm
/// and keeps its meaning when the data are scaled. Solved through the normal equations, scaled to a unit diagonal (which makes the
/// factorisation nearly as stable as the best column scaling: van der Sluis, Numer. Math. 14, 1969), in double precision whatever T.
/// A rank-deficient A needs λ well above n·1e-16, such as 1e-12; with less the failure is reported and
/// <see cref="CompleteOrthogonalFactor{T}"/> gives the solution of least norm.
/// </summary>
public static class RidgeLeastSquares
{
    private const int RowsPerBlock = 256;

    /// <summary>Solves a dense problem.</summary>
    /// <typeparam name="T">scalar type, <see cref="float"/> or <see cref="double"/></typeparam>
    /// <param name="matrix">A, row-major [rows × columns]</param>
    /// <param name="rows">samples, 0 allowed</param>
    /// <param name="columns">unknowns of every target</param>
    /// <param name="rightHandSides">B, row-major [rows × targets]</param>
    /// <param name="targets">number of right-hand sides</param>
    /// <param name="solution">X, row-major [columns × targets]; unchanged when the result reports a failure</param>
    /// <param name="lambda">λ ≥ 0, relative to the mean of the squared column norms</param>
    /// <param name="executor">where to compute; default <see cref="Executor.Default"/></param>
    /// <exception cref="ArgumentException">A span does not fit its shape, or λ is negative or not finite.</exception>
    public static RidgeResult Solve<T>(
        ReadOnlySpan<T> matrix, int rows, int columns, ReadOnlySpan<T> rightHandSides, int targets, Span<T> solution, double lambda,
        Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LinearShape.Check(matrix.Length, rows, columns, nameof(matrix));
        LinearShape.Check(rightHandSides.Length, rows, targets, nameof(rightHandSides));
        LinearShape.Check(solution.Length, columns, targets, nameof(solution));
        CheckLambda(lambda);
        executor ??= Executor.Default;
        double[] gram = new double[columns * columns], moments = new double[columns * targets];
        Accumulate(matrix, columns, rightHandSides, targets, rows, gram, moments, executor);
        double penalty = Penalty(gram, columns, columns + 1, 0, lambda);
        double[] scales = new double[columns];
        for (int i = 0; i < columns; i++)
        {
            gram[(i * columns) + i] += penalty;
            scales[i] = Scale(gram[(i * columns) + i]);
        }

        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
                gram[(i * columns) + j] *= scales[i] * scales[j];
        }

        CholeskyOutcome outcome = Cholesky.Factor(gram.AsSpan(), columns, columns, executor);
        outcome = RefuseRounding(outcome, gram, columns, columns + 1, 0);
        if (outcome.Succeeded && targets > 0)
        {
            ScaleRows(moments, scales, targets);
            TriangularSolve.Lower<double>(gram, columns, columns, moments, targets, targets, executor);
            TriangularSolve.LowerTransposed<double>(gram, columns, columns, moments, targets, targets, executor);
            ScaleRows(moments, scales, targets);
            Convert(moments, solution);
        }

        return new RidgeResult(outcome, penalty);
    }

    /// <summary>
    /// Solves a problem whose rows have at most <paramref name="width"/> neighbouring non-zero values, as local B-splines give them, in
    /// O(rows · width · (width + targets) + columns · width · (width + targets)).
    /// </summary>
    /// <typeparam name="T">scalar type, <see cref="float"/> or <see cref="double"/></typeparam>
    /// <param name="first">column of the first value of each row, [rows], 0 … columns − width</param>
    /// <param name="values">the values A(r, first[r]) … A(r, first[r] + width − 1), row-major [rows × width]</param>
    /// <param name="width">values per row, degree + 1 for B-splines; 1 … columns</param>
    /// <param name="columns">unknowns of every target</param>
    /// <param name="rightHandSides">B, row-major [rows × targets]</param>
    /// <param name="targets">number of right-hand sides</param>
    /// <param name="solution">X, row-major [columns × targets]; unchanged when the result reports a failure</param>
    /// <param name="lambda">λ ≥ 0, relative to the mean of the squared column norms</param>
    /// <exception cref="ArgumentException">A span does not fit its shape, an index is out of range, or λ is negative or not finite.</exception>
    public static RidgeResult SolveBanded<T>(
        ReadOnlySpan<int> first, ReadOnlySpan<T> values, int width, int columns, ReadOnlySpan<T> rightHandSides, int targets,
        Span<T> solution, double lambda)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, columns);
        LinearShape.Check(values.Length, first.Length, width, nameof(values));
        LinearShape.Check(rightHandSides.Length, first.Length, targets, nameof(rightHandSides));
        LinearShape.Check(solution.Length, columns, targets, nameof(solution));
        CheckLambda(lambda);
        double[] band = new double[columns * width], moments = new double[columns * targets];
        BandedNormalEquations.Accumulate(first, values, width, columns, rightHandSides, targets, band, moments);
        double penalty = Penalty(band, columns, width, width - 1, lambda);
        double[] scales = new double[columns];
        for (int i = 0; i < columns; i++)
        {
            band[(i * width) + width - 1] += penalty;
            scales[i] = Scale(band[(i * width) + width - 1]);
            for (int j = Math.Max(0, i - width + 1); j <= i; j++)
                band[(i * width) + j - i + width - 1] *= scales[i] * scales[j];
        }

        CholeskyOutcome outcome = BandedCholesky.Factor(band.AsSpan(), columns, width - 1);
        outcome = RefuseRounding(outcome, band, columns, width, width - 1);
        if (outcome.Succeeded)
        {
            ScaleRows(moments, scales, targets);
            BandedCholesky.Solve(band, columns, width - 1, moments.AsSpan(), targets);
            ScaleRows(moments, scales, targets);
            Convert(moments, solution);
        }

        return new RidgeResult(outcome, penalty);
    }

    /// <summary>Gram matrix AᵀA and moments AᵀB in double precision, converted in blocks of rows.</summary>
    private static void Accumulate<T>(
        ReadOnlySpan<T> a, int columns, ReadOnlySpan<T> b, int targets, int rows, double[] gram, double[] moments, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] blockA = ArrayPool<double>.Shared.Rent(RowsPerBlock * columns);
        double[] blockB = ArrayPool<double>.Shared.Rent(RowsPerBlock * targets);
        for (int start = 0; start < rows; start += RowsPerBlock)
        {
            int count = Math.Min(RowsPerBlock, rows - start);
            Convert(a.Slice(start * columns, count * columns), blockA.AsSpan(0, count * columns));
            Convert(b.Slice(start * targets, count * targets), blockB.AsSpan(0, count * targets));
            var transposed = new MatrixOperand<double>(blockA, columns, true);
            MatrixMultiply.Multiply(
                transposed, new MatrixOperand<double>(blockA, columns), gram, columns, columns, columns, count, ProductMode.Add, executor);
            MatrixMultiply.Multiply(
                transposed, new MatrixOperand<double>(blockB, targets), moments, targets, columns, targets, count, ProductMode.Add, executor);
        }

        ArrayPool<double>.Shared.Return(blockA);
        ArrayPool<double>.Shared.Return(blockB);
    }

    private static double Penalty(double[] gram, int columns, int step, int offset, double lambda)
    {
        double trace = 0;
        for (int i = 0; i < columns; i++)
            trace += gram[(i * step) + offset];
        return columns == 0 ? 0 : lambda * trace / columns;
    }

    /// <summary>
    /// The scaled matrix has a unit diagonal, so a pivot of the order of the rounding error means a singular matrix that slipped through.
    /// </summary>
    private static CholeskyOutcome RefuseRounding(CholeskyOutcome outcome, double[] factor, int columns, int step, int offset)
    {
        double threshold = columns * MachineEpsilon.Of<double>();
        for (int i = 0; i < columns && outcome.Succeeded; i++)
        {
            double root = factor[(i * step) + offset];
            if (root * root <= threshold)
                return new CholeskyOutcome(i, root * root);
        }

        return outcome;
    }

    private static double Scale(double diagonal) => diagonal > 0 ? 1 / Math.Sqrt(diagonal) : 1;

    private static void ScaleRows(double[] values, double[] scales, int columns)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            for (int j = 0; j < columns; j++)
                values[(i * columns) + j] *= scales[i];
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = TTo.CreateTruncating(from[i]);
    }

    private static void Convert<T>(double[] from, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Convert<double, T>(from, to);

    private static void CheckLambda(double lambda)
    {
        if (!(lambda >= 0) || double.IsInfinity(lambda))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The penalty must be finite and at least 0.");
    }
}
