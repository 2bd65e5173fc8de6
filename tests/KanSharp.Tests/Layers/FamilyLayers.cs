using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

/// <summary>Layers and networks of every family, with lively values.</summary>
internal static class FamilyLayers
{
    /// <summary>Every family, and those whose edges are functions of one number.</summary>
    public static TheoryData<string> Names => [.. KanFamilies.Names];

    public static TheoryData<string> WithEdges => [.. KanFamilies.Names.Where(name => KanFamilies.Named(name).Options() is not { Normalization: InputNormalization.LayerNorm })];

    /// <summary>A layer of a family with all branches; coefficients of size about 1, the family's own tensors near their start.</summary>
    public static KanLinear<T> Create<T>(string family, int inputs, int outputs, int seed, Func<KanLinearOptions, KanLinearOptions>? change = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearOptions options = KanFamilies.Named(family).Options() with { EdgeScale = true, Mask = true, Bias = true };
        KanLinear<T> layer = KanLinear<T>.Create(inputs, outputs, change?.Invoke(options) ?? options, new SplitRandom((ulong)seed));
        Enliven(layer, seed);
        return layer;
    }

    /// <summary>A network of a family.</summary>
    public static KanNetwork<T> Network<T>(string family, int[] widths, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanNetwork<T> network = KanNetwork<T>.Create(widths, KanFamilies.Named(family).Options(), (ulong)seed);
        foreach (KanLinear<T> layer in network.Layers)
            Enliven(layer, seed++, 0.5);
        return network;
    }

    /// <summary>Inputs in (−2, 2), away from breakpoints.</summary>
    public static Tensor<T> Inputs<T>(int rows, int inputs, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var x = new Tensor<T>(new Shape(rows, inputs));
        foreach (ref T value in x.Span)
            value = T.CreateTruncating(3.9 * random.NextDouble() - 1.95);
        return x;
    }

    /// <summary>Gives a layer the numbers of another.</summary>
    public static void Copy<TFrom, TTo>(KanLinear<TFrom> from, KanLinear<TTo> to)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
    {
        foreach ((Tensor<TFrom> source, Tensor<TTo> target) in Tensors(from).Zip(Tensors(to)))
            source.Cast<TTo>().Span.CopyTo(target.Span);
    }

    private static IEnumerable<Tensor<T>> Tensors<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [layer.Coefficients.Value, .. new[] { layer.BaseWeight, layer.EdgeScale, layer.Bias }.OfType<Parameter<T>>().Select(parameter => parameter.Value), .. layer.Mask is null ? [] : (Tensor<T>[])[layer.Mask.Value], .. layer.Functions.Tensors];

    public static void Enliven<T>(KanLinear<T> layer, int seed, double size = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        foreach (Parameter<T>? parameter in (Parameter<T>?[])[layer.Coefficients, layer.BaseWeight, layer.EdgeScale, layer.Bias])
        {
            foreach (ref T value in parameter is null ? default : parameter.Value.Span)
                value = T.CreateTruncating(size * (2 * random.NextDouble() - 1));
        }

        foreach (Tensor<T> tensor in layer.Functions.Tensors.Where(_ => !layer.Options.IsSpline))
        {
            foreach (ref T value in tensor.Span)
            {
                if (T.IsInteger(value) && layer.Options.Basis.Family == "rational" && tensor.Shape.Rank == 1 && tensor.Shape.Count == layer.Inputs)
                    continue; // numbers of groups
                value += T.CreateTruncating(0.05 * (2 * random.NextDouble() - 1));
            }
        }

        if (layer.Mask is null)
            return;
        foreach (ref T value in layer.Mask.Value.Span)
            value = T.CreateTruncating(random.Next(4) == 0 ? 0 : 0.5 + random.NextDouble());
    }
}
