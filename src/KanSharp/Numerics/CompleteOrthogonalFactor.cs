using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// Complete orthogonal factorisation A·P = Q·[T 0; 0 0]·Z through QR with column pivoting (Golub and Van Loan, "Matrix Computations",
/// section 5.5): the solution of least norm of any least-squares problem, whatever the shape and the rank.
/// </summary>
/// <typeparam name="T">scalar type, <see cref="float"/> or <see cref="double"/></typeparam>
public sealed class CompleteOrthogonalFactor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _factor;
    private readonly T[] _tau;
    private readonly T[] _tauRight;
    private readonly int[] _permutation;
    private readonly Executor _executor;

    private CompleteOrthogonalFactor(PivotedQr<T> qr, T[] tauRight, Executor executor)
    {
        (_factor, _tau, _permutation) = (qr.Factor, qr.Tau, qr.Permutation);
        (_tauRight, _executor) = (tauRight, executor);
        (Rows, Columns, Rank) = (qr.Rows, qr.Columns, qr.Rank);
    }

    /// <summary>Rows of A.</summary>
    public int Rows { get; }

    /// <summary>Columns of A.</summary>
    public int Columns { get; }

    /// <summary>Numerical rank: pivots larger than the tolerance times the first one.</summary>
    public int Rank { get; }

    /// <summary>Factors a matrix of any shape.</summary>
    /// <param name="matrix">A, row-major [rows × columns]</param>
    /// <param name="rows">rows, 0 allowed</param>
    /// <param name="columns">columns, 0 allowed</param>
    /// <param name="tolerance">relative threshold of the rank; default 10 · min(rows, columns) times the machine epsilon of T</param>
    /// <param name="executor">where to compute; default <see cref="Executor.Default"/></param>
    /// <exception cref="ArgumentException">The span does not fit the shape.</exception>
    public static CompleteOrthogonalFactor<T> Compute(
        ReadOnlySpan<T> matrix, int rows, int columns, T? tolerance = null, Executor? executor = null)
    {
        LinearShape.Check(matrix.Length, rows, columns, nameof(matrix));
        T relative = tolerance ?? T.CreateChecked(10 * Math.Min(rows, columns)) * MachineEpsilon.Of<T>();
        PivotedQr<T> qr = PivotedQr<T>.Compute(matrix, rows, columns, relative);
        T[] tauRight = new T[qr.Rank];
        if (qr.Rank < columns)
        {
            for (int row = qr.Rank - 1; row >= 0; row--)
                tauRight[row] = AnnihilateRow(qr.Factor, columns, row, qr.Rank);
        }

        return new CompleteOrthogonalFactor<T>(qr, tauRight, executor ?? Executor.Default);
    }

    /// <summary>X of least ‖X‖ among all minimisers of ‖A·X − B‖², column by column.</summary>
    /// <param name="rightHandSides">B, row-major [Rows × columns]</param>
    /// <param name="columns">number of right-hand sides</param>
    /// <param name="solution">X, row-major [Columns × columns]</param>
    /// <exception cref="ArgumentException">A span does not fit its shape.</exception>
    public void Solve(ReadOnlySpan<T> rightHandSides, int columns, Span<T> solution)
    {
        LinearShape.Check(rightHandSides.Length, Rows, columns, nameof(rightHandSides));
        LinearShape.Check(solution.Length, Columns, columns, nameof(solution));
        if (columns == 0)
            return;
        T[] b = rightHandSides.ToArray(), work = new T[columns];
        for (int j = 0; j < Rank; j++)
            Householder.Apply(_factor.AsSpan(), Columns, Rows, j, j, _tau[j], b.AsSpan(), columns, 0, columns, work.AsSpan());
        TriangularSolve.Upper<T>(_factor, Columns, Rank, b, columns, columns, _executor);
        T[] z = new T[Columns * columns];
        b.AsSpan(0, Rank * columns).CopyTo(z);
        for (int row = 0; row < Rank && Rank < Columns; row++)
            ApplyRight(row, z, columns, work);
        for (int j = 0; j < Columns; j++)
            z.AsSpan(j * columns, columns).CopyTo(solution[(_permutation[j] * columns)..]);
    }

    /// <summary>Rotates the entries right of column <paramref name="rank"/> of a row into its diagonal; v's tail stays in their place.</summary>
    private static T AnnihilateRow(T[] a, int columns, int row, int rank)
    {
        Span<T> tail = a.AsSpan((row * columns) + rank, columns - rank);
        T largest = T.Zero;
        foreach (T value in tail)
            largest = T.Max(largest, T.Abs(value));
        if (largest == T.Zero)
            return T.Zero;
        ref T head = ref a[(row * columns) + row];
        largest = T.Max(largest, T.Abs(head));
        T squares = head / largest * (head / largest);
        foreach (T value in tail)
            squares += value / largest * (value / largest);
        T image = -T.CopySign(largest * T.Sqrt(squares), head);
        T pivot = head - image;
        foreach (ref T value in tail)
            value /= pivot;
        head = image;
        T tau = -pivot / image;
        for (int above = 0; above < row; above++)
        {
            Span<T> other = a.AsSpan((above * columns) + rank, columns - rank);
            ref T first = ref a[(above * columns) + row];
            T sum = tau * (first + Vectors.Dot<T>(other, tail));
            first -= sum;
            Vectors.AddScaled(-sum, tail, other);
        }

        return tau;
    }

    private void ApplyRight(int row, T[] z, int columns, T[] sums)
    {
        T tau = _tauRight[row];
        if (tau == T.Zero)
            return;
        Span<T> head = z.AsSpan(row * columns, columns);
        head.CopyTo(sums);
        for (int j = Rank; j < Columns; j++)
            Vectors.AddScaled(_factor[(row * Columns) + j], z.AsSpan(j * columns, columns), sums.AsSpan());
        Vectors.AddScaled(-tau, sums, head);
        for (int j = Rank; j < Columns; j++)
            Vectors.AddScaled(-tau * _factor[(row * Columns) + j], sums, z.AsSpan(j * columns, columns));
    }
}
