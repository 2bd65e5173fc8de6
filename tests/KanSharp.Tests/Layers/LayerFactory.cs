using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Bases;

namespace KanSharp.Tests.Layers;

/// <summary>Layers with all branches and lively values.</summary>
internal static class LayerFactory
{
    /// <summary>A layer whose options, sizes and knots follow from the seed.</summary>
    public static KanLinear<T> Random<T>(int seed, int degree, int largest = 70)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = degree, Intervals = random.Next(1, 9), Outside = (OutsideGrid)random.Next(2) },
            BaseActivation = random.Next(3) == 0 ? null : Activation.All[random.Next(3)],
            EdgeScale = random.Next(2) == 0,
            Bias = random.Next(2) == 0,
            Mask = random.Next(2) == 0,
        };
        return Filled<T>(random.Next(1, largest + 1), random.Next(1, largest + 1), options, seed, uniform: random.Next(2) == 0);
    }

    /// <summary>A layer with the given options, parameters of size about 1 and, unless uniform, a different knot row for every feature.</summary>
    public static KanLinear<T> Filled<T>(int inputs, int outputs, KanLinearOptions options, int seed, bool uniform = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        KanLinear<T> layer = KanLinear<T>.Create(inputs, outputs, options, new SplitRandom((ulong)seed));
        foreach ((_, Parameter<T> parameter) in layer.Parameters())
        {
            foreach (ref T value in parameter.Value.Span)
                value = T.CreateTruncating(2 * random.NextDouble() - 1);
        }

        if (layer.Mask is not null)
        {
            foreach (ref T value in layer.Mask.Value.Span)
                value = T.CreateTruncating(random.Next(4) == 0 ? 0 : 0.5 + random.NextDouble());
        }

        for (int input = 0; input < inputs && !uniform; input++)
            KnotRows.Random<T>(options.Spline.Intervals, options.Spline.Degree, 1, random).CopyTo(layer.Knots.Value.Row(input));
        return layer;
    }

    /// <summary>Inputs in and around the grid, a tenth of them on knots.</summary>
    public static Tensor<T> Inputs<T>(KanLinear<T> layer, Shape shape, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var x = new Tensor<T>(shape);
        for (int index = 0; index < shape.Count; index++)
        {
            Span<T> knots = layer.Knots.Value.Row(index % layer.Inputs);
            int degree = layer.Options.Spline.Degree;
            double low = double.CreateTruncating(knots[degree]);
            double high = double.CreateTruncating(knots[^(degree + 1)]);
            x.Span[index] = random.Next(10) == 0
                ? knots[random.Next(degree, knots.Length - degree)]
                : T.CreateTruncating(low + (high - low) * (1.4 * random.NextDouble() - 0.2));
        }

        return x;
    }
}
