using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>Sums AᵀA (in the storage of <see cref="BandedCholesky"/>) and AᵀB for rows with a few neighbouring non-zero values.</summary>
internal static class BandedNormalEquations
{
    public static void Accumulate<T>(
        ReadOnlySpan<int> first, ReadOnlySpan<T> values, int width, int columns, ReadOnlySpan<T> b, int targets, Span<double> band,
        Span<double> moments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < first.Length; row++)
        {
            int start = first[row];
            if (start < 0 || start > columns - width)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(first), start, $"Row {row} starts at column {start}; with {width} values a row and {columns} columns "
                    + $"the allowed range is 0 … {columns - width}.");
            }

            ReadOnlySpan<T> entries = values.Slice(row * width, width);
            ReadOnlySpan<T> right = b.Slice(row * targets, targets);
            for (int i = 0; i < width; i++)
            {
                double value = double.CreateTruncating(entries[i]);
                int at = ((start + i) * width) + width - 1 - i;
                for (int j = 0; j <= i; j++)
                    band[at + j] += value * double.CreateTruncating(entries[j]);
                Span<double> moment = moments.Slice((start + i) * targets, targets);
                for (int t = 0; t < targets; t++)
                    moment[t] += value * double.CreateTruncating(right[t]);
            }
        }
    }
}
