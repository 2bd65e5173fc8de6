using KanSharp.Autodiff;
using KanSharp.Data.Images;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Networks.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Cli;
using KanSharp.Training;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/images.md.</summary>
public sealed class ImageSnippets : SnippetTestBase
{
    [Fact]
    public void Train()
    {
        using var folder = new CliFolder();
        string images = TrainTests.Images(folder);
        // begin snippet: train-images
        ImageSet train = ImageSet.FromIdxFolder(images, train: true), test = ImageSet.FromIdxFolder(images, train: false);
        (train, ImageSet validation) = train.Split(validation: 0.2, seed: 0);
        ImageShape shape = new(train.Channels, train.Height, train.Width, train.ClassNames.Count);
        ImageNetwork<float> network = ImagePresets.Named("kkan-small").Create<float>(shape);
        FitOptions options = new() { Epochs = 6, BatchSize = 16, Optimizer = new AdamW { LearningRate = 0.01 }, Schedule = new CosineSchedule() };
        ImageFit<float> fit = ImageTrainer.Fit(network, train, validation, options, augmentation: new ImageAugmentation { MaxShift = 1 });
        Console.WriteLine($"{fit.Model.Evaluate(test).Accuracy:P1} of the test images");
        ImageModelFile.Save("bars.safetensors", fit.Model);
        // end snippet
        Assert.True(fit.Model.Evaluate(test).Accuracy > 0.9, Printed);
    }

    [Fact]
    public void Layer()
    {
        // begin snippet: kan-conv
        SplitRandom random = new(seed: 0);
        KanConv<float> first = KanConv<float>.Create(3, 16, ConvWindow.Square(3, padding: 1), KanFamilies.Named("gaussian").Options(), random);
        KanConv<float> second = KanConv<float>.Create(
            16, 32, new ConvWindow(3, 3) { Stride = [2], Padding = [1] }, new KanConvOptions { PaddingMode = PaddingMode.PadBasis, Groups = 4 }, random);
        Sequential<float> net = new(first, new ChannelBatchNorm<float>(16), second, new AdaptiveAveragePool<float>(1), new Flatten<float>(), Linear<float>.Create(32, 10, random));
        Tensor<float> scores = net.Predict(new Tensor<float>(new Shape(8, 3, 32, 32))); // 8 images, 3 × 32 × 32
        // end snippet
        Assert.Equal(new Shape(8, 10), scores.Shape);
    }
}
