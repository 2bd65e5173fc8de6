using KanSharp.Layers.Images;

namespace KanSharp.Networks.Images;

/// <summary>The words that presets are written in; each adds a layer after the others, which knows the shape it gets.</summary>
internal interface IImageLayers
{
    /// <summary>Classes, for the last layer.</summary>
    int Classes { get; }

    /// <summary>Channels that the next layer gets.</summary>
    int Channels { get; }

    /// <summary>A number of channels times the width that was chosen, a multiple of 2.</summary>
    int Wide(int channels);

    /// <summary>An ordinary convolution.</summary>
    void Conv(int outputs, ConvWindow window, bool bias = true);

    /// <summary>A convolution as Convolutional-KANs has it, of its first convention or its last.</summary>
    void PublishedKanConv(int outputs, bool shared = false);

    /// <summary>Gram convolution of torch-conv-kan (KAGN): functions of tanh, SiLU branch of the pixels, batch normalisation, SiLU; or the family that was chosen.</summary>
    void Kagn(int outputs, ConvWindow window);

    /// <summary>The same between two convolutions of 1×1 that reduce and restore channels.</summary>
    void Bottleneck(int outputs, ConvWindow window, int reduction = 4);

    /// <summary>A KAN layer as Convolutional-KANs has it at the end, of so many intervals if none were chosen.</summary>
    void KanHead(int outputs, int intervals);

    /// <summary>A KAN layer of the family that was chosen, Gaussians by default, with normalised inputs.</summary>
    void Kan(int outputs);

    void Linear(int outputs);

    void MaxPool(int size);

    void GlobalAverage();

    void BatchNorm();

    void Relu();

    void Dropout(double rate);

    void Flatten();

    void LogSoftmax();
}
