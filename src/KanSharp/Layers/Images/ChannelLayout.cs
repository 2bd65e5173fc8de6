using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>A tensor [N, C, ...] as samples of channels of planes.</summary>
/// <param name="Samples">Extent of axis 0.</param>
/// <param name="Channels">Extent of axis 1.</param>
/// <param name="Plane">Elements of one channel of one sample; 1 for [N, C].</param>
internal readonly record struct ChannelLayout(int Samples, int Channels, int Plane)
{
    /// <summary>The layout of a shape.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="channels">Channels that the layer has; 0 where it takes any number of them.</param>
    /// <param name="spatial">Whether there must be a spatial axis.</param>
    /// <exception cref="ArgumentException">Too few axes, or other channels.</exception>
    public static ChannelLayout Of(string layer, Shape shape, int channels, bool spatial)
    {
        if (shape.Rank < (spatial ? 3 : 2) || (channels > 0 && shape[1] != channels))
        {
            string expected = $"[N, {(channels > 0 ? channels : "C")}{(spatial ? ", spatial axes...]" : ", ...]")}";
            throw new ArgumentException($"{layer}: the input has shape {shape}; the layer takes {expected}, with the channels on axis 1.");
        }

        int plane = 1;
        for (int axis = 2; axis < shape.Rank; axis++)
            plane *= shape[axis];
        return new ChannelLayout(shape[0], shape[1], plane);
    }

    /// <summary>The shape [C, 1, ...] in which numbers of channels broadcast to a tensor of a rank.</summary>
    public static Shape PerChannel(int channels, int rank)
    {
        ReadOnlySpan<int> extents = [channels, 1, 1, 1, 1];
        return new Shape(extents[..(rank - 1)]);
    }
}
