using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data.Images;
using KanSharp.Interchange.Onnx;
using KanSharp.Interchange.Onnx.Messages;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Networks.Images;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange.Onnx;

/// <summary>Image models in ONNX Runtime against their own predictions.</summary>
public class OnnxImageTests
{
    public static TheoryData<string> Presets => [.. ImagePresets.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Presets_agree(string name)
    {
        Preset<float>(name, 1e-5);
        Preset<double>(name, 1e-12);
    }

    [Theory]
    [InlineData(PaddingMode.PadInput)]
    [InlineData(PaddingMode.PadBasis)]
    [InlineData(PaddingMode.Reflect)]
    [InlineData(PaddingMode.Replicate)]
    public void Convolutions_agree_with_every_padding(PaddingMode mode)
    {
        foreach (InputNormalization normalization in Enum.GetValues<InputNormalization>())
        {
            foreach (BasisOptions basis in (BasisOptions[])[new BSplineOptions(), new GaussianOptions { Centers = 4 }, new WaveletOptions()])
            {
                var functions = new KanLinearOptions { Basis = basis, Normalization = normalization, Bias = true, BaseOnRawInput = normalization == InputNormalization.BatchNorm };
                var window = new ConvWindow(3, 2) { Padding = [1, 2], Stride = [2, 1], Dilation = [1, 2] };
                Layers<double>(1e-12, random => KanConv<double>.Create(4, 6, window, new KanConvOptions { Functions = functions, PaddingMode = mode, Groups = 2 }, random));
                Layers<float>(1e-5, random => KanConv<float>.Create(4, 6, window, new KanConvOptions { Functions = functions, PaddingMode = mode }, random));
                if (normalization != InputNormalization.LayerNorm)
                    Layers<double>(1e-12, random => KanConv<double>.Create(4, 8, window, new KanConvOptions { Functions = functions, PaddingMode = mode, SharedKernels = true }, random));
            }
        }

        var plain = new ConvWindow(2, 3) { Padding = [1, 1], Stride = [1, 2], Dilation = [2, 1] };
        Layers<double>(1e-12, random => Conv<double>.Create(4, 6, plain, random, groups: 2, padding: mode));
        Layers<float>(1e-5, random => Conv<float>.Create(4, 6, plain, random, groups: 2, padding: mode));
        Layers<float>(1e-5, random => Conv<float>.Create(4, 6, plain, random, bias: false, padding: mode));
    }

    [Fact]
    public void Layers_without_a_form_are_named()
    {
        var network = new ImageNetwork<float>(new Sequential<float>(new AveragePool<float>(2), new Flatten<float>(), Linear<float>.Create(16, 3, new SplitRandom(1))), new ImageShape(1, 8, 8, 3));
        var model = new ImageModel<float>(network, ImageNormalization.Half, Names(3));
        Assert.Contains("AveragePool", Assert.Throws<NotSupportedException>(() => OnnxExport.Save(new MemoryStream(), model)).Message, StringComparison.Ordinal);
    }

    private static void Preset<T>(string name, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImagePreset preset = ImagePresets.Named(name);
        ImageNetwork<T> network = preset.Create<T>(new ImageShape(1, 28, 28, 5), new ImagePresetOptions { Width = preset.IsPublished ? 1 : 0.25 }, 3);
        Check(new ImageModel<T>(network, ImageNormalization.Mnist, Names(5)), tolerance);
    }

    private static void Layers<T>(double tolerance, Func<SplitRandom, Module<T>> create)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(4);
        var shape = new ImageShape(4, 7, 8, 3);
        Module<T> layer = create(random);
        var norm = new ChannelBatchNorm<T>(layer.Predict(new Tensor<T>(new Shape(1, 4, 7, 8))).Shape[1]);
        foreach (ref T value in norm.RunningMean.Value.Span)
            value = T.CreateTruncating(0.2 * random.NextNormal());
        var pool = new MaxPool<T>([2, 2], [2, 1], [1, 0]);
        Shape inner = new Sequential<T>(layer, pool).Predict(new Tensor<T>(new Shape(1, 4, 7, 8))).Shape;
        var network = new ImageNetwork<T>(
            new Sequential<T>(layer, norm, new ActivationLayer<T>(Activation.Tanh), new Dropout<T>(0.5), pool, new Flatten<T>(), Linear<T>.Create(inner.Count, 3, random)), shape);
        foreach ((string path, StateTensor<T> state) in network.States())
        {
            if (!path.EndsWith("mean", StringComparison.Ordinal))
                continue;
            foreach (ref T value in state.Value.Span)
                value += T.CreateTruncating(0.1);
        }

        Check(new ImageModel<T>(network, new ImageNormalization([0.4, 0.5, 0.3, 0.1], [0.2, 0.3, 0.25, 0.4]), Names(3)), tolerance);
    }

    private static void Check<T>(ImageModel<T> model, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImageShape shape = model.Network.Shape;
        int size = shape.Channels * shape.Height * shape.Width;
        var random = new SplitRandom(6);
        byte[] pixels = [.. Enumerable.Range(0, 3 * size).Select(_ => (byte)random.NextInt(256))];
        var images = new ImageSet(pixels, shape.Channels, shape.Height, shape.Width, [0, 1, 2], model.ClassNames);
        using var stream = new MemoryStream();
        OnnxExport.Save(stream, model);
        byte[] file = stream.ToArray();
        double[] actual = OnnxRun.Images(file, [.. pixels.Select(pixel => (double)pixel)], shape.Channels, shape.Height, shape.Width);
        double difference = OnnxCases.Difference(model.Predict(images), actual);
        Assert.True(difference < tolerance, $"{typeof(T).Name}: {difference:g3}");
        Assert.Contains(ModelProto.Parser.ParseFrom(file).MetadataProps, entry => entry is { Key: "kan.classes" } && entry.Value.StartsWith("[\"c0\"", StringComparison.Ordinal));
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(number => $"c{number}")];
}
