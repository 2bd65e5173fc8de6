using System.Numerics;

namespace KanSharp.Training;

/// <summary>Long-vector sums of quasi-Newton methods, accumulated in double precision in a fixed order.</summary>
internal static class VectorDot
{
    public static double Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        right = right[..left.Length];
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int index = 0;
        for (; index + 3 < left.Length; index += 4)
        {
            sum0 += double.CreateTruncating(left[index]) * double.CreateTruncating(right[index]);
            sum1 += double.CreateTruncating(left[index + 1]) * double.CreateTruncating(right[index + 1]);
            sum2 += double.CreateTruncating(left[index + 2]) * double.CreateTruncating(right[index + 2]);
            sum3 += double.CreateTruncating(left[index + 3]) * double.CreateTruncating(right[index + 3]);
        }

        for (; index < left.Length; index++)
            sum0 += double.CreateTruncating(left[index]) * double.CreateTruncating(right[index]);
        return sum0 + sum1 + (sum2 + sum3);
    }

    /// <summary>target += factor · values.</summary>
    public static void Add<T>(T factor, ReadOnlySpan<T> values, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        target = target[..values.Length];
        for (int index = 0; index < values.Length; index++)
            target[index] += factor * values[index];
    }

    /// <summary>Largest magnitude; NaN if any element is NaN.</summary>
    public static double MaxMagnitude<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        foreach (T value in values)
            largest = T.Max(largest, T.Abs(value));
        return double.CreateTruncating(largest);
    }

    /// <summary>Sum of magnitudes.</summary>
    public static double SumMagnitude<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values)
            sum += Math.Abs(double.CreateTruncating(value));
        return sum;
    }
}
