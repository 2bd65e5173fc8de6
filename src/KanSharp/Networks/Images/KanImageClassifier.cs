using System.Numerics;

namespace KanSharp.Networks.Images;

/// <summary>
/// A small classifier: four ordinary convolutions with batch normalisation and ReLU, three of them with stride 2 in place of pooling, the average over the image, and a KAN layer that tells the
/// classes apart. The preset <c>kan-classifier</c> as a call.
/// </summary>
public static class KanImageClassifier
{
    /// <summary>Creates a network with fresh parameters.</summary>
    /// <param name="shape">What it reads and tells apart.</param>
    /// <param name="basis">Family of the KAN layer, as <see cref="Layers.KanFamilies"/> names it. Default <c>gaussian</c>.</param>
    /// <param name="size">Size of the family; its default if null.</param>
    /// <param name="width">Factor of the channels 16, 32, 32, 48. Default 1.</param>
    /// <param name="seed">Seed of the initial values. Default 0.</param>
    /// <exception cref="ArgumentException">There is no such family, or a value is out of its range.</exception>
    public static ImageNetwork<T> Create<T>(ImageShape shape, string basis = "gaussian", int? size = null, double width = 1, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ImagePresets.Named("kan-classifier").Create<T>(shape, new ImagePresetOptions { Basis = basis, Size = size, Width = width }, seed);
}
