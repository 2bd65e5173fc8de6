using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks.Images;
using KanSharp.Tests.Autodiff;
using KanSharp.Training;

namespace KanSharp.Tests.Networks;

/// <summary>The presets have the layers and the numbers of parameters that were published, and learn.</summary>
public class ImagePresetTests
{
    public static TheoryData<string> Names => [.. ImagePresets.Names];

    [Theory]
    // README and notebook of May 2024
    [InlineData("mlp1", null, 7850)]
    [InlineData("convnet-small", null, 2740)]
    [InlineData("convnet-medium", null, 157030)]
    [InlineData("convnet-big", null, 887530)]
    [InlineData("ckan", null, 163726)]
    [InlineData("ckan-bn", null, 163786)]
    [InlineData("conv-kan", null, 37030)]
    [InlineData("kkan", null, 94650)]
    // README of November 2024, grids of 10 and 20
    [InlineData("cnn-small", null, 1540)]
    [InlineData("cnn-medium", null, 3020)]
    [InlineData("cnn-medium-wide", null, 6930)]
    [InlineData("cnn-big", null, 26620)]
    [InlineData("conv-kan-small", 10, 19030)]
    [InlineData("conv-kan-small", 20, 31530)]
    [InlineData("conv-kan-medium", 10, 38010)]
    [InlineData("conv-kan-medium", 20, 63010)]
    [InlineData("kanc-mlp-small", 10, 5310)]
    [InlineData("kanc-mlp-small", 20, 8010)]
    [InlineData("kanc-mlp-medium", 10, 9935)]
    [InlineData("kanc-mlp-medium", 20, 14885)]
    [InlineData("kanc-mlp-big", 10, 33535)]
    [InlineData("kanc-mlp-big", 20, 38485)]
    [InlineData("kkan-small", 10, 22800)]
    [InlineData("kkan-small", 20, 38000)]
    [InlineData("kkan-medium", 10, 44925)]
    [InlineData("kkan-medium", 20, 74875)]
    public void Numbers_of_parameters_are_the_published_ones(string preset, int? size, long parameters)
    {
        ImageNetwork<float> network = ImagePresets.Named(preset).Create<float>(ImageShape.Mnist, new ImagePresetOptions { Size = size });
        Assert.Equal(parameters, network.CountParameters());
    }

    [Fact]
    public void Networks_of_KanSharp_stay_below_a_hundred_thousand_parameters()
    {
        foreach (ImagePreset preset in ImagePresets.All.Where(preset => !preset.IsPublished))
            Assert.InRange(preset.Create<float>(ImageShape.Mnist).CountParameters(), 5_000, 100_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_preset_reads_colour_and_lowers_its_loss(string name)
    {
        var shape = new ImageShape(3, 20, 18, 4);
        ImageNetwork<float> network = ImagePresets.Named(name).Create<float>(shape, seed: 3);
        Tensor<float> x = Check.Sample<float>(new Shape(12, 3, 20, 18), 1);
        int[] labels = [.. Enumerable.Range(0, 12).Select(index => index % 4)];
        var options = new FitOptions { Epochs = 8, BatchSize = 12, Optimizer = new AdamW { LearningRate = 3e-3 } };
        IReadOnlyList<EpochRecord> history = Trainer.Fit(network, new TrainingData<float>(x, labels), options).History;
        Assert.True(history[^1].TrainingLoss < history[0].TrainingLoss, $"{history[0].TrainingLoss} to {history[^1].TrainingLoss}");
        Assert.Equal(new Shape(12, 4), network.Predict(x).Shape);
    }

    [Fact]
    public void The_same_seed_gives_the_same_network()
    {
        ImageNetwork<double> one = ImagePresets.Named("kkan-small").Create<double>(ImageShape.Mnist, seed: 5), other = ImagePresets.Named("kkan-small").Create<double>(ImageShape.Mnist, seed: 5);
        foreach (((string path, Parameter<double> first), (string again, Parameter<double> second)) in one.Parameters().Zip(other.Parameters()))
        {
            Assert.Equal(path, again);
            Assert.Equal(first.Value.Span.ToArray(), second.Value.Span.ToArray());
        }
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("mexican-hat")]
    [InlineData("chebykan")]
    public void A_family_can_be_chosen(string family)
    {
        ImageNetwork<float> network = ImagePresets.Named("kkan-small").Create<float>(ImageShape.Mnist, new ImagePresetOptions { Basis = family });
        string expected = KanFamilies.Named(family).Options().Basis.Family;
        Assert.All(network.Modules().OfType<KanLinear<float>>(), layer => Assert.Equal(expected, layer.Options.Basis.Family));
    }

    [Fact]
    public void What_does_not_fit_is_explained()
    {
        Expect("known are mlp1, convnet-small", () => ImagePresets.Named("resnet"));
        Expect("no KAN layers", () => ImagePresets.Named("mlp1").Create<float>(ImageShape.Mnist, new ImagePresetOptions { Basis = "gaussian" }));
        Expect("can not read images of 1 × 3 × 3", () => ImagePresets.Named("kkan").Create<float>(new ImageShape(1, 3, 3, 10)));
        Expect("classes at least 2", () => ImagePresets.Named("kkan").Create<float>(new ImageShape(1, 28, 28, 1)));
        Expect("Width is 2", () => ImagePresets.Named("kkan").Create<float>(ImageShape.Mnist, new ImagePresetOptions { Width = 2 }));
        Expect("[N, 1, 28, 28], not [2, 1, 27, 28]", () => ImagePresets.Named("mlp1").Create<float>(ImageShape.Mnist).Predict(new Tensor<float>(new Shape(2, 1, 27, 28))));

        static void Expect(string message, Action action) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }
}
