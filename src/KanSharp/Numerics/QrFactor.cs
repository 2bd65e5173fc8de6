using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// Householder factorisation A = Q·R of a matrix with at least as many rows as columns, and the least-squares solution for matrices
/// of full column rank. For rank-deficient or wide matrices see <see cref="CompleteOrthogonalFactor{T}"/>.
/// </summary>
/// <typeparam name="T">scalar type, <see cref="float"/> or <see cref="double"/></typeparam>
public sealed class QrFactor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _factor;
    private readonly T[] _tau;
    private readonly Executor _executor;

    private QrFactor(T[] factor, T[] tau, int rows, int columns, Executor executor)
    {
        (_factor, _tau, _executor) = (factor, tau, executor);
        (Rows, Columns) = (rows, columns);
    }

    /// <summary>Rows of A.</summary>
    public int Rows { get; }

    /// <summary>Columns of A.</summary>
    public int Columns { get; }

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">A, row-major [rows × columns]</param>
    /// <param name="rows">rows, at least <paramref name="columns"/></param>
    /// <param name="columns">columns, 0 allowed</param>
    /// <param name="executor">where to compute; default <see cref="Executor.Default"/></param>
    /// <exception cref="ArgumentException">The span does not fit the shape, or there are fewer rows than columns.</exception>
    public static QrFactor<T> Compute(ReadOnlySpan<T> matrix, int rows, int columns, Executor? executor = null)
    {
        LinearShape.Check(matrix.Length, rows, columns, nameof(matrix));
        if (rows < columns)
        {
            throw new ArgumentException(
                $"The matrix has {rows} rows and {columns} columns, but this factorisation needs rows ≥ columns; "
                + "use CompleteOrthogonalFactor for wide matrices.",
                nameof(rows));
        }

        T[] factor = matrix.ToArray();
        T[] tau = new T[columns], work = new T[columns];
        for (int j = 0; j < columns; j++)
        {
            tau[j] = Householder.Annihilate(factor.AsSpan(), columns, rows, j, j);
            Householder.Apply(factor.AsSpan(), columns, rows, j, j, tau[j], factor.AsSpan(), columns, j + 1, columns - j - 1, work.AsSpan());
        }

        return new QrFactor<T>(factor, tau, rows, columns, executor ?? Executor.Default);
    }

    /// <summary>R(row, column) of the upper triangular factor, [Columns × Columns].</summary>
    /// <param name="row">0 … Columns − 1</param>
    /// <param name="column">0 … Columns − 1</param>
    public T R(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Columns, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
        return column < row ? T.Zero : _factor[(row * Columns) + column];
    }

    /// <summary>
    /// X = argmin ‖A·X − B‖² column by column. Returns false, with X unchanged, when a diagonal element of R is not above
    /// <paramref name="tolerance"/> times the largest element of R: the rank is then deficient.
    /// </summary>
    /// <param name="rightHandSides">B, row-major [Rows × columns]</param>
    /// <param name="columns">number of right-hand sides</param>
    /// <param name="solution">X, row-major [Columns × columns]</param>
    /// <param name="tolerance">relative threshold; default 10 · Columns times the machine epsilon of T</param>
    /// <exception cref="ArgumentException">A span does not fit its shape.</exception>
    public bool TrySolve(ReadOnlySpan<T> rightHandSides, int columns, Span<T> solution, T? tolerance = null)
    {
        LinearShape.Check(rightHandSides.Length, Rows, columns, nameof(rightHandSides));
        LinearShape.Check(solution.Length, Columns, columns, nameof(solution));
        T largest = T.Zero;
        for (int i = 0; i < Columns; i++)
        {
            for (int j = i; j < Columns; j++)
                largest = T.Max(largest, T.Abs(_factor[(i * Columns) + j]));
        }

        T threshold = largest * (tolerance ?? T.CreateChecked(10 * Columns) * MachineEpsilon.Of<T>());
        for (int j = 0; j < Columns; j++)
        {
            if (!(T.Abs(_factor[(j * Columns) + j]) > threshold))
                return false;
        }

        T[] b = rightHandSides.ToArray(), work = new T[columns];
        for (int j = 0; j < Columns; j++)
            Householder.Apply(_factor.AsSpan(), Columns, Rows, j, j, _tau[j], b.AsSpan(), columns, 0, columns, work.AsSpan());
        if (columns > 0)
            TriangularSolve.Upper<T>(_factor, Columns, Columns, b, columns, columns, _executor);
        b.AsSpan(0, solution.Length).CopyTo(solution);
        return true;
    }
}
