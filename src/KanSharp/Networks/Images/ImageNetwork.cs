using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Networks.Images;

/// <summary>A network that sorts images into classes: [N, C, H, W] to the logits or log-probabilities of the classes, [N, classes].</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ImageNetwork<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts a network together.</summary>
    /// <param name="layers">The layers, from [N, C, H, W] to [N, classes].</param>
    /// <param name="shape">What it reads and tells apart.</param>
    /// <param name="preset">Name of the preset it was made from; empty for a network of your own.</param>
    /// <param name="options">What was chosen in the preset.</param>
    /// <exception cref="ArgumentException">The layers do not take such images, or give another number of classes.</exception>
    public ImageNetwork(Sequential<T> layers, ImageShape shape, string preset = "", ImagePresetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(preset);
        shape.Validate();
        (Layers, Shape, Preset, Options) = (layers, shape, preset, options ?? new ImagePresetOptions());
        Shape outputs = layers.Predict(new Tensor<T>(new Shape(1, shape.Channels, shape.Height, shape.Width))).Shape;
        if (outputs != new Shape(1, shape.Classes))
            throw new ArgumentException($"For one image the layers give {outputs}; expected [1, {shape.Classes}].", nameof(layers));
        Members = [("layers", layers)];
    }

    /// <summary>The layers.</summary>
    public Sequential<T> Layers { get; }

    /// <summary>What the network reads and tells apart.</summary>
    public ImageShape Shape { get; }

    /// <summary>Name of the preset; empty for a network of your own.</summary>
    public string Preset { get; }

    /// <summary>What was chosen in the preset.</summary>
    public ImagePresetOptions Options { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Computes logits or log-probabilities.</summary>
    /// <param name="x">Normalised images [N, C, H, W].</param>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        if (x.Shape.Rank != 4 || (x.Shape[1], x.Shape[2], x.Shape[3]) != (Shape.Channels, Shape.Height, Shape.Width))
            throw new ArgumentException($"The network reads images [N, {Shape.Channels}, {Shape.Height}, {Shape.Width}], not {x.Shape}.", nameof(x));
        return Layers.Forward(x);
    }

    /// <inheritdoc/>
    public override Jet<T> Forward(Jet<T> x) => Layers.Forward(x);
}
