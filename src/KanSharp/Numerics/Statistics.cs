using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>Descriptive statistics. Sums run in <c>double</c> and are compensated, in the order of the values: the same on every machine.</summary>
public static class Statistics
{
    /// <summary>Arithmetic mean.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static T Mean<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.NotEmpty(values.Length, nameof(values));
        return T.CreateTruncating(MeanOf(values));
    }

    /// <summary>Σ(x − mean)²/(n − <paramref name="correction"/>).</summary>
    /// <param name="values">The sample.</param>
    /// <param name="correction">0 (default) for the variance of the values themselves, 1 for the unbiased estimate.</param>
    /// <exception cref="ArgumentException">There are not more values than <paramref name="correction"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="correction"/> is negative.</exception>
    public static T Variance<T>(ReadOnlySpan<T> values, int correction = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(correction);
        if (values.Length <= correction)
            throw new ArgumentException($"'{nameof(values)}' has {values.Length} values; more than {correction} are needed.", nameof(values));
        double mean = MeanOf(values);
        CompensatedSum squares = default, deviations = default;
        foreach (T value in values)
        {
            double deviation = double.CreateTruncating(value) - mean;
            squares.Add(deviation * deviation);
            deviations.Add(deviation);
        }

        // The second term removes what the rounding of the mean adds.
        double sum = squares.Total - deviations.Total * deviations.Total / values.Length;
        return T.CreateTruncating(sum / (values.Length - correction));
    }

    /// <summary>Smallest and largest value; NaN if any value is NaN.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static (T Minimum, T Maximum) Range<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.NotEmpty(values.Length, nameof(values));
        T minimum = values[0], maximum = values[0];
        foreach (T value in values)
        {
            minimum = T.Min(minimum, value);
            maximum = T.Max(maximum, value);
        }

        return (minimum, maximum);
    }

    /// <summary>Quantile by linear interpolation between order statistics, type 7 of R. J. Hyndman and Y. Fan (1996); sorts a copy.</summary>
    /// <param name="values">The sample, in any order; the quantile is NaN if any value is.</param>
    /// <param name="probability">0 (minimum) to 1 (maximum); 0.5 is the median.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not in 0..1.</exception>
    public static T Quantile<T>(ReadOnlySpan<T> values, double probability)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] sorted = values.ToArray();
        sorted.AsSpan().Sort();
        return QuantileOfSorted<T>(sorted, probability);
    }

    /// <summary>As <see cref="Quantile{T}"/> for values that are sorted already (NaN first, as <c>Span.Sort</c> has it).</summary>
    /// <inheritdoc cref="Quantile{T}"/>
    public static T QuantileOfSorted<T>(ReadOnlySpan<T> values, double probability)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SpanChecks.NotEmpty(values.Length, nameof(values));
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is 0 to 1.");
        if (T.IsNaN(values[0]))
            return T.NaN;
        double position = probability * (values.Length - 1);
        int below = (int)position;
        T fraction = T.CreateTruncating(position - below);
        T low = values[below];
        if (T.IsZero(fraction))
            return low;
        T high = values[below + 1];
        return low == high ? low : T.Lerp(low, high, fraction);
    }

    private static double MeanOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum sum = default;
        foreach (T value in values)
            sum.Add(double.CreateTruncating(value));
        return sum.Total / values.Length;
    }
}
