using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Benchmarks;

/// <summary>Made-up inputs, the same in every run.</summary>
internal static class Samples
{
    /// <summary>Values drawn evenly from [−1, 1).</summary>
    public static Tensor<T> Uniform<T>(Shape shape, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var tensor = new Tensor<T>(shape);
        foreach (ref T value in tensor.Span)
            value = T.CreateTruncating(2 * random.NextDouble() - 1);
        return tensor;
    }

    /// <summary>Class labels from 0 to classes − 1.</summary>
    public static int[] Labels(int count, int classes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
    }
}
