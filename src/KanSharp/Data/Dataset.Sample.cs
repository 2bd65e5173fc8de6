using KanSharp.Numerics;

namespace KanSharp.Data;

public static partial class Dataset
{
    /// <summary>Samples a function of one variable at random points. See <see cref="Sample(Func{double[], double}, int, int, double, double, ulong)"/>.</summary>
    public static Dataset<double> Sample(Func<double, double> function, int samples = 1000, double low = -1, double high = 1, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Sample(x => function(x[0]), 1, samples, low, high, seed);
    }

    /// <summary>Samples a function of two variables at random points. See <see cref="Sample(Func{double[], double}, int, int, double, double, ulong)"/>.</summary>
    public static Dataset<double> Sample(
        Func<double, double, double> function, int samples = 1000, double low = -1, double high = 1, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Sample(x => function(x[0], x[1]), 2, samples, low, high, seed);
    }

    /// <summary>Samples a function at points drawn uniformly and independently from a cube.</summary>
    /// <param name="function">The function; it gets its variables in an array that is reused from call to call.</param>
    /// <param name="inputs">Number of variables.</param>
    /// <param name="samples">Number of points; default 1000.</param>
    /// <param name="low">Smallest value of a variable; default −1.</param>
    /// <param name="high">Largest value of a variable; default 1.</param>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or the range is empty or not finite.</exception>
    /// <exception cref="ArgumentException">The function is not finite at a point (the message names the sample).</exception>
    public static Dataset<double> Sample(
        Func<double[], double> function, int inputs, int samples = 1000, double low = -1, double high = 1, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (!(low < high && double.IsFinite(high - low)))
            throw new ArgumentOutOfRangeException(nameof(high), high, $"a finite value above low = {low} was expected");
        SplitRandom random = new SplitRandom(seed).Split("sample");
        var features = new double[checked(samples * inputs)];
        var targets = new double[samples];
        var point = new double[inputs];
        for (int i = 0; i < samples; i++)
        {
            for (int j = 0; j < inputs; j++)
                point[j] = features[i * inputs + j] = low + (high - low) * random.NextDouble();
            targets[i] = function(point);
        }

        return Regression(features, inputs, targets);
    }
}
