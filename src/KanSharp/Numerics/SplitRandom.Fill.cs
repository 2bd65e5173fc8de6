using System.Numerics;

namespace KanSharp.Numerics;

/// <content>Whole spans at once: the numbers that as many single draws would give.</content>
public sealed partial class SplitRandom
{
    /// <summary>Fills with numbers uniform on [<paramref name="minimum"/>, <paramref name="maximum"/>), up to the rounding of T.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is below <paramref name="minimum"/> or one is not finite.</exception>
    public void FillUniform<T>(Span<T> values, T minimum, T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double low = double.CreateTruncating(minimum);
        double extent = double.CreateTruncating(maximum) - low;
        if (!(extent >= 0) || !double.IsFinite(extent))
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, $"The maximum must be finite and at least the minimum {minimum}.");
        foreach (ref T value in values)
            value = T.CreateTruncating(low + extent * NextDouble());
    }

    /// <summary>Fills with normal numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="standardDeviation"/> is negative or not finite.</exception>
    public void FillNormal<T>(Span<T> values, T mean, T standardDeviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(standardDeviation) || T.IsNegative(standardDeviation))
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "A standard deviation is finite and not negative.");
        double centre = double.CreateTruncating(mean), scale = double.CreateTruncating(standardDeviation);
        foreach (ref T value in values)
            value = T.CreateTruncating(centre + scale * NextNormal());
    }

    /// <summary>Puts the values into a random order, every order equally likely (Fisher and Yates).</summary>
    public void Shuffle<TItem>(Span<TItem> values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }
}
