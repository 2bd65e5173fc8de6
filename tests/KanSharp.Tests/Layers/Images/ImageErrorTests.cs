using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;

namespace KanSharp.Tests.Layers.Images;

public class ImageErrorTests
{
    [Fact]
    public void InputsThatDoNotFitNameTheirShapeAndWhatIsTaken()
    {
        Shows(new MaxPool<float>(2), [4, 3], "MaxPool", "[4, 3]", "[N, C, L]", "[N, C, D, H, W]", "Unflatten");
        Shows(new MaxPool<float>([2, 2]), [4, 3, 9], "MaxPool", "[4, 3, 9]", "[N, C, H, W]");
        Shows(new AveragePool<float>([2, 2, 2]), [4, 3, 9, 9], "AveragePool", "[4, 3, 9, 9]", "[N, C, D, H, W]");
        Shows(new AveragePool<float>(5, padding: 2), [4, 3, 9, 0], "AveragePool", "5 elements", "axis 1", "[4, 3, 9, 0]", "has 0", "2 of padding", "smaller kernel");
        Shows(new AdaptiveMaxPool<float>(1), [4, 3, 0], "AdaptiveMaxPool", "[4, 3, 0]", "axis 0");
        Shows(new AdaptiveAveragePool<float>(2, 2), [4, 3, 6], "AdaptiveAveragePool", "[4, 3, 6]", "[N, C, H, W]");
        Shows(new ChannelBatchNorm<float>(3), [4, 2, 5], "ChannelBatchNorm", "[4, 2, 5]", "[N, 3, ...]", "axis 1");
        Shows(new GroupNorm<float>(1, 3), [3], "GroupNorm", "[3]", "[N, 3, ...]");
        Shows(new InstanceNorm<float>(3), [4, 3], "InstanceNorm", "[4, 3]", "spatial axes");
        Shows(new InstanceNorm<float>(3), [4, 3, 1, 1], "InstanceNorm", "[4, 3, 1, 1]", "single element", "2 at least");
        Shows(new PRelu<float>(3), [4, 2], "PRelu", "[4, 2]", "[N, 3, ...]");
        Shows(new Flatten<float>(), [4], "Flatten", "[4]", "[N, ...]");
        Shows(new Unflatten<float>(3, 2, 2), [4, 13], "Unflatten", "[4, 13]", "[N, 12]", "[3, 2, 2]");
        Shows(new Unflatten<float>(3, 2, 2), [4, 3, 2, 2], "Unflatten", "[4, 3, 2, 2]", "[N, 12]");
        Shows(new ChannelDropout<float>(), [4], "ChannelDropout", "[4]", "[N, C, ...]");
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxPool<float>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxPool<float>(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AveragePool<float>(2, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveMaxPool<float>(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelBatchNorm<float>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelBatchNorm<float>(2, momentum: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNorm<float>(2, epsilon: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PRelu<float>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelDropout<float>(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Unflatten<float>(2, 0));
        Mentions(() => new MaxPool<float>(3, padding: 2), "padding is 2", "kernel of 3", "(1)");
        Mentions(() => new MaxPool<float>([2, 2], [1, 1, 1]), "kernel has 2 numbers", "has 3");
        Mentions(() => new AveragePool<float>([2, 2, 2, 2]), "4 numbers", "1 to 3");
        Mentions(() => new AdaptiveAveragePool<float>(), "0 numbers");
        Mentions(() => new GroupNorm<float>(4, 6), "6 channels", "4 groups", "multiple");
        Mentions(() => new Unflatten<float>(), "0 extents", "1 to 5");
    }

    private static void Shows(Module<float> layer, int[] shape, params string[] parts) =>
        Mentions(() => layer.Forward(new Tape<float> { Training = true }.Input(new Tensor<float>(new Shape(shape)))), parts);

    private static void Mentions(Func<object> act, params string[] parts)
    {
        string message = Assert.Throws<ArgumentException>(act).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
