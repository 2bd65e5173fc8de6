using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>QR with column pivoting, stopped at the numerical rank: A·P = Q·R with |R₀₀| ≥ |R₁₁| ≥ …</summary>
internal sealed class PivotedQr<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private PivotedQr(T[] factor, int rows, int columns)
    {
        (Factor, Rows, Columns) = (factor, rows, columns);
        Tau = new T[Math.Min(rows, columns)];
        Permutation = [.. Enumerable.Range(0, columns)];
    }

    /// <summary>R on and above the diagonal, the tails of the reflections below it.</summary>
    public T[] Factor { get; }

    public T[] Tau { get; }

    /// <summary>Column j of A·P is column Permutation[j] of A.</summary>
    public int[] Permutation { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Rank { get; private set; }

    public static PivotedQr<T> Compute(ReadOnlySpan<T> matrix, int rows, int columns, T tolerance)
    {
        var qr = new PivotedQr<T>(matrix.ToArray(), rows, columns);
        qr.Eliminate(tolerance);
        return qr;
    }

    private void Eliminate(T tolerance)
    {
        T scale = T.Zero;
        foreach (T value in Factor)
            scale = T.Max(scale, T.Abs(value));
        if (scale == T.Zero || Factor.Length == 0)
            return;
        T[] squares = new T[Columns], work = new T[Columns];
        T first = T.Zero;
        for (int step = 0; step < Tau.Length; step++)
        {
            Exchange(step, LargestColumn(step, scale, squares));
            Tau[step] = Householder.Annihilate(Factor.AsSpan(), Columns, Rows, step, step);
            T pivot = T.Abs(Factor[(step * Columns) + step]);
            first = step == 0 ? pivot : first;
            if (!(pivot > tolerance * first))
                return;
            Householder.Apply(
                Factor.AsSpan(), Columns, Rows, step, step, Tau[step], Factor.AsSpan(), Columns, step + 1, Columns - step - 1, work.AsSpan());
            Rank = step + 1;
        }
    }

    /// <summary>
    /// The remaining column of largest norm. The norms are summed afresh in every step: updating them is cheaper but loses their digits
    /// exactly where the rank is decided.
    /// </summary>
    private int LargestColumn(int step, T scale, T[] squares)
    {
        Array.Clear(squares);
        for (int row = step; row < Rows; row++)
        {
            for (int j = step; j < Columns; j++)
            {
                T value = Factor[(row * Columns) + j] / scale;
                squares[j] += value * value;
            }
        }

        int best = step;
        for (int j = step + 1; j < Columns; j++)
        {
            if (squares[j] > squares[best])
                best = j;
        }

        return best;
    }

    private void Exchange(int one, int other)
    {
        if (one == other)
            return;
        (Permutation[one], Permutation[other]) = (Permutation[other], Permutation[one]);
        for (int row = 0; row < Rows; row++)
        {
            int start = row * Columns;
            (Factor[start + one], Factor[start + other]) = (Factor[start + other], Factor[start + one]);
        }
    }
}
