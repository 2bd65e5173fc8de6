using KanSharp.Layers;
using KanSharp.Data.Images;
using KanSharp.Interchange;
using KanSharp.Networks.Images;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange;

/// <summary>Image models survive their file, and damaged files are explained.</summary>
public sealed class ImageModelFileTests
{
    [Theory]
    [InlineData("kkan", null, null)]
    [InlineData("kagn-bottleneck", null, 2)]
    [InlineData("kan-classifier", "relu", null)]
    [InlineData("ckan-bn", "mexican-hat", null)]
    public void A_loaded_model_predicts_the_same_bits(string preset, string? basis, int? size)
    {
        ImageModel<float> model = Model(preset, new ImagePresetOptions { Basis = basis, Size = size });
        SafetensorsFile file = ImageModelFile.ToFile(model);
        ImageModel<float> loaded = ImageModelFile.FromFile<float>(file, "model");
        ImageSet images = Images();
        Assert.Equal(model.Predict(images), loaded.Predict(images));
        Assert.Equal(model.ClassNames, loaded.ClassNames);
        Assert.Equal(model.Normalization.Means, loaded.Normalization.Means);
        Assert.Equal("me", loaded.Notes["by"]);
        Assert.Equal(file.Metadata["spec"], ImageModelFile.ToFile(loaded).Metadata["spec"]);
    }

    [Theory]
    [InlineData("\"preset\":\"kkan\"", "\"preset\":\"vgg\"", "no preset 'vgg'")]
    [InlineData("[1,28,28]", "[1,28]", "expected channels, rows and columns")]
    [InlineData("[1,28,28]", "[1,60000,60000]", "at most")]
    [InlineData("[1,28,28]", "[1,30,28]", "shape")]
    [InlineData("\"mean\":[0.5]", "\"mean\":[\"x\"]", "")]
    [InlineData("\"mean\":[0.5]", "\"middle\":[0.5]", "")]
    public void A_damaged_description_is_explained(string part, string with, string message)
    {
        SafetensorsFile file = ImageModelFile.ToFile(Model("kkan", null));
        var metadata = file.Metadata.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Contains(part, metadata["spec"], StringComparison.Ordinal);
        metadata["spec"] = metadata["spec"].Replace(part, with, StringComparison.Ordinal);
        ModelFileException error = Assert.Throws<ModelFileException>(() => ImageModelFile.FromFile<float>(new SafetensorsFile(file.Tensors, metadata), "m.safetensors"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("m.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_without_a_preset_are_refused()
    {
        ImageNetwork<float> network = ImagePresets.Named("mlp1").Create<float>(ImageShape.Mnist);
        var own = new ImageModel<float>(new ImageNetwork<float>(network.Layers, ImageShape.Mnist), ImageNormalization.Half, [.. "0123456789".Select(digit => $"{digit}")]);
        Assert.Contains("not made from a preset", Assert.Throws<NotSupportedException>(() => ImageModelFile.ToFile(own)).Message, StringComparison.Ordinal);
    }

    private static ImageModel<float> Model(string preset, ImagePresetOptions? options)
    {
        ImageNetwork<float> network = ImagePresets.Named(preset).Create<float>(ImageShape.Mnist, options, seed: 4);
        foreach ((_, StateTensor<float> state) in network.States().Where(entry => entry.Path.EndsWith("running_mean", StringComparison.Ordinal)))
            state.Value.Span.Fill(0.25f);
        return new ImageModel<float>(network, ImageNormalization.Half, [.. "0123456789".Select(digit => $"{digit}")], new Dictionary<string, string> { ["by"] = "me" });
    }

    private static ImageSet Images()
    {
        var pixels = new byte[6 * 784];
        new Random(3).NextBytes(pixels);
        return new ImageSet(pixels, 1, 28, 28, [0, 1, 2, 3, 4, 5], [.. "0123456789".Select(digit => $"{digit}")]);
    }
}
