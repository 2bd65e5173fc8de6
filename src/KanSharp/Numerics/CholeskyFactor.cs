using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>The Cholesky factor L of a symmetric positive definite matrix, A = L·Lᵀ.</summary>
/// <typeparam name="T">scalar type, <see cref="float"/> or <see cref="double"/></typeparam>
public sealed class CholeskyFactor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _lower;
    private readonly Executor _executor;

    private CholeskyFactor(T[] lower, int size, CholeskyOutcome outcome, Executor executor)
    {
        _lower = lower;
        _executor = executor;
        Size = size;
        Outcome = outcome;
    }

    /// <summary>Order of the matrix.</summary>
    public int Size { get; }

    /// <summary>Whether the factorisation succeeded and, if not, at which pivot it stopped.</summary>
    public CholeskyOutcome Outcome { get; }

    /// <summary>L, row-major [Size × Size], zero above the diagonal; incomplete when the factorisation failed.</summary>
    public ReadOnlySpan<T> Lower => _lower;

    /// <summary>Factors a symmetric matrix.</summary>
    /// <param name="matrix">A, row-major [size × size]; only the lower triangle is read</param>
    /// <param name="size">order of the matrix, 0 allowed</param>
    /// <param name="executor">where to compute; default <see cref="Executor.Default"/></param>
    /// <exception cref="ArgumentException"><paramref name="matrix"/> does not have size² elements.</exception>
    public static CholeskyFactor<T> Compute(ReadOnlySpan<T> matrix, int size, Executor? executor = null)
    {
        LinearShape.Check(matrix.Length, size, size, nameof(matrix));
        executor ??= Executor.Default;
        T[] lower = matrix.ToArray();
        CholeskyOutcome outcome = Cholesky.Factor(lower.AsSpan(), size, size, executor);
        for (int row = 0; row < size; row++)
            lower.AsSpan((row * size) + row + 1, size - row - 1).Clear();
        return new CholeskyFactor<T>(lower, size, outcome, executor);
    }

    /// <summary>Solves A·X = B in place.</summary>
    /// <param name="rightHandSides">B, row-major [Size × columns]; receives X</param>
    /// <param name="columns">number of right-hand sides</param>
    /// <exception cref="InvalidOperationException">The factorisation failed; see <see cref="Outcome"/>.</exception>
    /// <exception cref="ArgumentException">The span does not have Size · columns elements.</exception>
    public void Solve(Span<T> rightHandSides, int columns = 1)
    {
        if (!Outcome.Succeeded)
        {
            throw new InvalidOperationException(
                $"The matrix is not positive definite (pivot {Outcome.FailedPivot} is {Outcome.PivotValue}); "
                + "look at Outcome.Succeeded before solving.");
        }

        LinearShape.Check(rightHandSides.Length, Size, columns, nameof(rightHandSides));
        if (columns == 0)
            return;
        TriangularSolve.Lower<T>(_lower, Size, Size, rightHandSides, columns, columns, _executor);
        TriangularSolve.LowerTransposed<T>(_lower, Size, Size, rightHandSides, columns, columns, _executor);
    }
}
