using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

/// <summary>Inputs and assertions shared by the tests of operations and layers.</summary>
internal static class Check
{
    /// <summary>Numbers spread over an interval, reproducible and without ties.</summary>
    public static Tensor<T> Sample<T>(Shape shape, int seed = 1, double low = -2, double high = 2)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var tensor = new Tensor<T>(shape);
        foreach (ref T value in tensor.Span)
            value = T.CreateTruncating(low + (high - low) * random.NextDouble());
        return tensor;
    }

    public static void Gradients<T>(Func<Var<T>, Var<T>> function, Tensor<T> input, GradientCheckOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Passed(GradientCheck.Run(function, input, null, options));

    public static void Gradients<T>(Func<Var<T>, Var<T>, Var<T>> function, Tensor<T> left, Tensor<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Passed(GradientCheck.Run(inputs => function(inputs[0], inputs[1]), [left, right]));

    public static void Passed(GradientCheckResult result) => Assert.True(result.Passed, result.ToString());

    /// <summary>Compares with values computed in double by another route.</summary>
    public static void Close<T>(ReadOnlySpan<double> expected, ReadOnlySpan<T> actual, double tolerance = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (tolerance == 0)
            tolerance = typeof(T) == typeof(float) ? 2e-6 : 1e-14;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double value = double.CreateTruncating(actual[i]);
            double allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - value) <= allowed || expected[i].Equals(value), $"element {i}: expected {expected[i]:G17}, got {value:G17}");
        }
    }

    public static double[] Doubles<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
            doubles[i] = double.CreateTruncating(values[i]);
        return doubles;
    }
}
