using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// Cholesky factorisation and solve of a symmetric band matrix in O(n·w²). Row i of the storage holds A(i, i−w) … A(i, i): element
/// (i, j) stands at i·(w+1) + (j−i+w); what would lie left of column 0 is never read.
/// </summary>
internal static class BandedCholesky
{
    /// <summary>Overwrites the band with the band of L.</summary>
    /// <param name="band">lower band, [n × (bandwidth + 1)]</param>
    /// <param name="n">order</param>
    /// <param name="bandwidth">w, subdiagonals that are not zero</param>
    public static CholeskyOutcome Factor<T>(Span<T> band, int n, int bandwidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = bandwidth + 1;
        LinearShape.Check(band.Length, n, width, nameof(band));
        for (int i = 0; i < n; i++)
        {
            Span<T> row = band.Slice(i * width, width);
            int first = Math.Max(0, i - bandwidth);
            for (int j = first; j <= i; j++)
            {
                Span<T> other = band.Slice(j * width, width);
                T sum = row[j - i + bandwidth];
                for (int p = first; p < j; p++)
                    sum -= row[p - i + bandwidth] * other[p - j + bandwidth];
                if (j < i)
                {
                    row[j - i + bandwidth] = sum / other[bandwidth];
                }
                else
                {
                    if (!(sum > T.Zero) || !T.IsFinite(sum))
                        return new CholeskyOutcome(i, double.CreateChecked(sum));
                    row[bandwidth] = T.Sqrt(sum);
                }
            }
        }

        return CholeskyOutcome.Success;
    }

    /// <summary>Solves L·Lᵀ·X = B in place on row-major right-hand sides [n × columns].</summary>
    public static void Solve<T>(ReadOnlySpan<T> band, int n, int bandwidth, Span<T> b, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = bandwidth + 1;
        LinearShape.Check(band.Length, n, width, nameof(band));
        LinearShape.Check(b.Length, n, columns, nameof(b));
        for (int i = 0; i < n; i++)
        {
            Span<T> target = b.Slice(i * columns, columns);
            for (int j = Math.Max(0, i - bandwidth); j < i; j++)
                Vectors.AddScaled(-band[(i * width) + j - i + bandwidth], b.Slice(j * columns, columns), target);
            Divide(target, band[(i * width) + bandwidth]);
        }

        for (int i = n - 1; i >= 0; i--)
        {
            Span<T> solved = b.Slice(i * columns, columns);
            Divide(solved, band[(i * width) + bandwidth]);
            for (int j = Math.Max(0, i - bandwidth); j < i; j++)
                Vectors.AddScaled(-band[(i * width) + j - i + bandwidth], solved, b.Slice(j * columns, columns));
        }
    }

    private static void Divide<T>(Span<T> values, T divisor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
            value /= divisor;
    }
}
