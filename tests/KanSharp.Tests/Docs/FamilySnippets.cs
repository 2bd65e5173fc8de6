using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/families.md.</summary>
public sealed class FamilySnippets : SnippetTestBase
{
    [Fact]
    public void Families()
    {
        // begin snippet: families
        KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], new GaussianOptions { Centers = 12 });
        KanNetwork<double> chebyshev = KanNetwork<double>.Create([2, 5, 1], KanFamilies.Named("chebyshev").Options(6));
        KanLinearOptions own = new()
        {
            Basis = new WaveletOptions { Kind = WaveletKind.DerivativeOfGaussian },
            Normalization = InputNormalization.BatchNorm,
            Squash = InputSquash.None,
            EdgeScale = false,
            Bias = true,
        };
        // end snippet
        Assert.Equal((2 * 5 + 5) * 13 + 6, network.CountParameters());
        Assert.Equal((2 * 5 + 5) * 8 + 6, chebyshev.CountParameters());
        own.Validate();
    }

    [Fact]
    public void Published()
    {
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(index => 0.01f * index)];
        new SafetensorsFile(
        [
            SafetensorsTensor.Create<float>("layers.0.rbf.grid", [-2, -1, 0, 1, 2], 5), SafetensorsTensor.Create<float>("layers.0.spline_linear.weight", Numbers(30), 3, 10),
            SafetensorsTensor.Create<float>("layers.0.base_linear.weight", Numbers(6), 3, 2), SafetensorsTensor.Create<float>("layers.0.base_linear.bias", Numbers(3), 3),
        ]).Save("fastkan.safetensors");
        // begin snippet: published
        SafetensorsFile file = SafetensorsFile.Read("fastkan.safetensors");
        KanLinear<float> layer = PublishedLayers.FastKan(NamedTensors<float>.From(file, "layers.0."));
        // end snippet
        Assert.Equal((2, 3, 5), (layer.Inputs, layer.Outputs, layer.Options.Basis.Count));
        float y = layer.Predict(new Tensor<float>(new Shape(1, 2), [0, 0])).Span[0];
        double expected = Enumerable.Range(0, 10).Sum(index => 0.01 * index * Math.Exp(-Math.Pow(index % 5 - 2, 2)));
        Assert.Equal(expected, y, 1e-5);
    }
}
