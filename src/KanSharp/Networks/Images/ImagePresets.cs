using KanSharp.Layers.Images;

namespace KanSharp.Networks.Images;

/// <summary>
/// The architectures for images by name: those that Convolutional-KANs compares (Bodner et al., arXiv 2406.13155; README of May 2024 and of November 2024), layer by
/// layer as published, and KanSharp's own.
/// </summary>
public static class ImagePresets
{
    /// <summary>All presets.</summary>
    public static IReadOnlyList<ImagePreset> All { get; } =
    [
        new("mlp1", "one linear layer (May 2024)", layers => { layers.Flatten(); Head(layers); }, isKan: false),
        new("convnet-small", "convolutions 1→5→5 with padding, linear (May 2024)", layers => Pooled(layers, 5, 5, padding: 1, Head), isKan: false),
        new("convnet-medium", "convolutions 1→5→25, linear 245 (May 2024)", layers => Pooled(layers, 5, 25, padding: 0, net => Hidden(net, 245)), isKan: false),
        new("convnet-big", "four convolutions of 32 and 64 channels, dropout, linear 256 (May 2024)", Big, isKan: false),
        new("ckan", "KAN convolutions of 5 shared kernels (25 channels), linear 256 (May 2024)", layers => Shared(layers, norm: false, Linear256)),
        new("ckan-bn", "the same with batch normalisation (May 2024)", layers => Shared(layers, norm: true, Linear256)),
        new("conv-kan", "convolutions 1→5→5 with padding, KAN layer (May 2024)", layers => Pooled(layers, 5, 5, padding: 1, KanHead)),
        new("kkan", "KAN convolutions of 5 shared kernels (25 channels), KAN layer (May 2024)", layers => Shared(layers, norm: false, KanHead)),
        new("cnn-small", "convolutions 1→5→5, linear (November 2024)", layers => Pooled(layers, 5, 5, padding: 0, Head), isKan: false),
        new("cnn-medium", "convolutions 1→5→10, linear (November 2024)", layers => Pooled(layers, 5, 10, padding: 0, Head), isKan: false),
        new("cnn-medium-wide", "convolutions 1→10→20, linear (November 2024)", layers => Pooled(layers, 10, 20, padding: 0, Head), isKan: false),
        new("cnn-big", "convolutions 1→5→10, linear 100 (November 2024)", layers => Pooled(layers, 5, 10, padding: 0, net => Hidden(net, 100)), isKan: false),
        new("conv-kan-small", "convolutions 1→5→5, KAN layer (November 2024)", layers => Pooled(layers, 5, 5, padding: 0, KanHead)),
        new("conv-kan-medium", "convolutions 1→5→10, KAN layer (November 2024)", layers => Pooled(layers, 5, 10, padding: 0, KanHead)),
        new("kanc-mlp-small", "KAN convolutions 1→5→5, linear (November 2024)", layers => KanPooled(layers, 5, 5, Head)),
        new("kanc-mlp-medium", "KAN convolutions 1→5→10, linear (November 2024)", layers => KanPooled(layers, 5, 10, Head)),
        new("kanc-mlp-big", "KAN convolutions 1→5→10, linear 100 (November 2024)", layers => KanPooled(layers, 5, 10, net => { net.Linear(100); Head(net); })),
        new("kkan-small", "KAN convolutions 1→5→5, KAN layer (November 2024)", layers => KanPooled(layers, 5, 5, KanHead)),
        new("kkan-medium", "KAN convolutions 1→5→10, KAN layer (November 2024)", layers => KanPooled(layers, 5, 10, KanHead)),
        new("kagn", "four Gram KAN convolutions with batch normalisation (torch-conv-kan's KAGN, small), average over the image, linear", Kagn, isPublished: false),
        new("kagn-bottleneck", "the same with bottlenecks of 1×1 convolutions around the KAN kernels", KagnBottleneck, isPublished: false),
        new("kan-classifier", "strided ordinary convolutions with batch normalisation and a KAN layer at the end", Classifier, isPublished: false),
    ];

    /// <summary>Names of all presets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static ImagePreset Named(string name) => All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}'; known are {string.Join(", ", Names)}.", nameof(name));

    private static void Head(IImageLayers layers)
    {
        layers.Linear(layers.Classes);
        layers.LogSoftmax();
    }

    private static void Hidden(IImageLayers layers, int width)
    {
        layers.Linear(width);
        layers.Relu();
        Head(layers);
    }

    private static void Linear256(IImageLayers layers)
    {
        layers.Linear(256);
        Head(layers);
    }

    private static void KanHead(IImageLayers layers)
    {
        layers.KanHead(layers.Classes, 10);
        layers.LogSoftmax();
    }

    private static void Pooled(IImageLayers layers, int first, int second, int padding, Action<IImageLayers> head)
    {
        foreach (int outputs in (int[])[first, second])
        {
            layers.Conv(outputs, ConvWindow.Square(3, padding));
            layers.Relu();
            layers.MaxPool(2);
        }

        layers.Flatten();
        head(layers);
    }

    private static void KanPooled(IImageLayers layers, int first, int second, Action<IImageLayers> head)
    {
        foreach (int outputs in (int[])[first, second])
        {
            layers.PublishedKanConv(outputs);
            layers.MaxPool(2);
        }

        layers.Flatten();
        head(layers);
    }

    /// <summary>5 kernels, each used for every channel: 1 → 5 → 25 for grey images.</summary>
    private static void Shared(IImageLayers layers, bool norm, Action<IImageLayers> head)
    {
        for (int times = 0, outputs = 5 * layers.Channels; times < 2; times++, outputs *= 5)
        {
            layers.PublishedKanConv(outputs, shared: true);
            if (norm)
                layers.BatchNorm();
            layers.MaxPool(2);
        }

        layers.Flatten();
        head(layers);
    }

    private static void Big(IImageLayers layers)
    {
        foreach ((int outputs, ConvWindow window) in new[] { (32, ConvWindow.Square(5, 2)), (64, ConvWindow.Square(3, 1)) })
        {
            for (int times = 0; times < 2; times++)
            {
                layers.Conv(outputs, window);
                layers.Relu();
            }

            layers.MaxPool(2);
            layers.Dropout(0.25);
        }

        layers.Flatten();
        layers.Linear(256);
        layers.Relu();
        layers.Dropout(0.5);
        Head(layers);
    }

    private static void Kagn(IImageLayers layers)
    {
        layers.Kagn(layers.Wide(8), ConvWindow.Square(3, 1));
        layers.Kagn(layers.Wide(16), ConvWindow.Square(3, 1, stride: 2));
        layers.Kagn(layers.Wide(24), ConvWindow.Square(3, 1));
        layers.Kagn(layers.Wide(32), ConvWindow.Square(3, 1, stride: 2));
        Average(layers);
    }

    private static void KagnBottleneck(IImageLayers layers)
    {
        layers.Kagn(layers.Wide(16), ConvWindow.Square(3, 1));
        layers.Bottleneck(layers.Wide(32), ConvWindow.Square(3, 1, stride: 2), reduction: 2);
        layers.Bottleneck(layers.Wide(48), ConvWindow.Square(3, 1), reduction: 2);
        layers.Bottleneck(layers.Wide(64), ConvWindow.Square(3, 1, stride: 2), reduction: 2);
        Average(layers);
    }

    private static void Average(IImageLayers layers)
    {
        layers.GlobalAverage();
        layers.Flatten();
        layers.Dropout(0.1);
        Head(layers);
    }

    private static void Classifier(IImageLayers layers)
    {
        foreach ((int channels, int stride) in new[] { (16, 1), (32, 2), (32, 2), (48, 2) })
        {
            layers.Conv(layers.Wide(channels), ConvWindow.Square(3, 1, stride), bias: false);
            layers.BatchNorm();
            layers.Relu();
        }

        layers.GlobalAverage();
        layers.Flatten();
        layers.Kan(layers.Classes);
        layers.LogSoftmax();
    }
}
