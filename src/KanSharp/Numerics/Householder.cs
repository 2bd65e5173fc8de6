using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// Householder reflections H = I − τ·v·vᵀ with v₀ = 1 on row-major matrices (Golub and Van Loan, "Matrix Computations", section 5.1).
/// </summary>
internal static class Householder
{
    /// <summary>
    /// Builds the reflection that maps column <paramref name="column"/> of A, from row <paramref name="row"/> on, to a multiple of the
    /// first unit vector. That multiple replaces A(row, column), the tail of v the entries below it. Returns τ.
    /// </summary>
    public static T Annihilate<T>(Span<T> a, int leading, int rows, int row, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = row + 1; i < rows; i++)
            largest = T.Max(largest, T.Abs(a[(i * leading) + column]));
        if (largest == T.Zero)
            return T.Zero;
        T head = a[(row * leading) + column];
        largest = T.Max(largest, T.Abs(head));
        T squares = T.Zero;
        for (int i = row; i < rows; i++)
        {
            T scaled = a[(i * leading) + column] / largest;
            squares += scaled * scaled;
        }

        // The sign avoids cancellation in head − image.
        T image = -T.CopySign(largest * T.Sqrt(squares), head);
        T pivot = head - image;
        for (int i = row + 1; i < rows; i++)
            a[(i * leading) + column] /= pivot;
        a[(row * leading) + column] = image;
        return -pivot / image;
    }

    /// <summary>
    /// Applies the reflection stored in column <paramref name="column"/> of V from row <paramref name="row"/> on to the columns
    /// <paramref name="from"/> … of the target, which may be the same matrix.
    /// </summary>
    /// <param name="v">matrix that holds the reflections below its diagonal</param>
    /// <param name="ldv">elements between two rows of V</param>
    /// <param name="rows">rows of V and of the target</param>
    /// <param name="row">row of the leading 1 of v</param>
    /// <param name="column">column of V that holds v</param>
    /// <param name="tau">τ</param>
    /// <param name="target">row-major matrix to transform</param>
    /// <param name="ldt">elements between two rows of the target</param>
    /// <param name="from">first column of the target</param>
    /// <param name="count">number of columns of the target</param>
    /// <param name="work">at least <paramref name="count"/> elements</param>
    public static void Apply<T>(
        ReadOnlySpan<T> v, int ldv, int rows, int row, int column, T tau, Span<T> target, int ldt, int from, int count, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (tau == T.Zero || count == 0)
            return;
        Span<T> sums = work[..count];
        Span<T> head = target.Slice((row * ldt) + from, count);
        head.CopyTo(sums);
        for (int i = row + 1; i < rows; i++)
            Vectors.AddScaled(v[(i * ldv) + column], target.Slice((i * ldt) + from, count), sums);
        Vectors.AddScaled(-tau, sums, head);
        for (int i = row + 1; i < rows; i++)
            Vectors.AddScaled(-tau * v[(i * ldv) + column], sums, target.Slice((i * ldt) + from, count));
    }
}
