using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers.Images;

/// <summary>Layers of images in many settings, all for four channels, and inputs for them.</summary>
internal static class ImageLayers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly IReadOnlyDictionary<string, Func<Module<T>>> All = new Dictionary<string, Func<Module<T>>>
    {
        ["MaxPool 2"] = () => new MaxPool<T>(2),
        ["MaxPool 3 stride 2 padding 1"] = () => new MaxPool<T>(3, 2, 1),
        ["MaxPool 3 stride 1"] = () => new MaxPool<T>(3, 1, 1),
        ["AveragePool 2"] = () => new AveragePool<T>(2),
        ["AveragePool 3 stride 2 padding 1"] = () => new AveragePool<T>(3, 2, 1),
        ["AveragePool 3 stride 1 without padding counted"] = () => new AveragePool<T>(3, 1, 1, countPadding: false),
        ["AdaptiveMaxPool 2"] = () => new AdaptiveMaxPool<T>(2),
        ["AdaptiveAveragePool 2"] = () => new AdaptiveAveragePool<T>(2),
        ["AdaptiveAveragePool global"] = () => new AdaptiveAveragePool<T>(1),
        ["ChannelBatchNorm"] = () => Shaken(new ChannelBatchNorm<T>(4)),
        ["ChannelBatchNorm without weight"] = () => Shaken(new ChannelBatchNorm<T>(4, affine: false)),
        ["InstanceNorm"] = () => new InstanceNorm<T>(4),
        ["InstanceNorm with weight"] = () => Shaken(new InstanceNorm<T>(4, affine: true)),
        ["GroupNorm"] = () => Shaken(new GroupNorm<T>(2, 4)),
        ["PRelu"] = () => new PRelu<T>(),
        ["PRelu of channels"] = () => Shaken(new PRelu<T>(4)),
        ["Flatten"] = () => new Flatten<T>(),
        ["Flatten, Unflatten"] = () => new Sequential<T>(new Flatten<T>(), new Unflatten<T>(2, 10, 3)),
        ["LogSoftmax"] = () => new LogSoftmax<T>(),
        ["ChannelDropout"] = () => new ChannelDropout<T>(0.4),
        ["Sequential"] = () => new Sequential<T>(
            Shaken(new ChannelBatchNorm<T>(4)), new PRelu<T>(4), new AveragePool<T>(2), new ChannelDropout<T>(0.2), new Flatten<T>(), new LogSoftmax<T>()),
    };

    /// <summary>Numbers in random order with the same distance between neighbours and none at 0: no step of a difference passes a kink.</summary>
    public static Tensor<T> Spread(Shape shape, int seed = 1)
    {
        var tensor = new Tensor<T>(shape);
        double[] values = [.. Enumerable.Range(0, shape.Count).Select(i => (i + 0.5 - shape.Count / 2) * 4.0 / shape.Count)];
        new Random(seed).Shuffle(values);
        for (int i = 0; i < values.Length; i++)
            tensor.Span[i] = T.CreateTruncating(values[i]);
        return tensor;
    }

    public static TModule Shaken<TModule>(TModule layer)
        where TModule : Module<T>
    {
        int seed = 20;
        foreach ((_, Parameter<T> parameter) in layer.Parameters())
            Check.Sample<T>(parameter.Shape, seed++, 0.5, 1.5).Span.CopyTo(parameter.Value.Span);
        foreach ((_, StateTensor<T> state) in layer.States())
            Check.Sample<T>(state.Value.Shape, seed++, 0.5, 1.5).Span.CopyTo(state.Value.Span);
        return layer;
    }
}
