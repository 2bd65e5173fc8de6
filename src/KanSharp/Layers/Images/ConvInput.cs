using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>What convolutions check of their inputs, and how they rearrange channels.</summary>
internal static class ConvInput
{
    /// <summary>The geometry for an input [N, C, ...].</summary>
    /// <param name="layer">Name of the layer, for messages.</param>
    /// <param name="x">The input.</param>
    /// <param name="channels">Channels it must have.</param>
    /// <param name="window">The window.</param>
    /// <param name="mode">Padding.</param>
    /// <param name="known">The geometry of the last input.</param>
    public static ConvGeometry Geometry<T>(string layer, Var<T> x, int channels, ConvWindow window, PaddingMode mode, ref ConvGeometry? known)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        if (shape.Rank != window.Dimensions + 2)
            throw new ArgumentException($"{layer}: the input has shape {shape}; with a window of {ConvWindow.Show(window.Kernel)} it must have {window.Dimensions + 2} axes, [N, C, {string.Join(", ", "DHW"[^window.Dimensions..].ToCharArray())}].", nameof(x));
        if (shape[1] != channels)
            throw new ArgumentException($"{layer}: the input of shape {shape} has {shape[1]} channels; the layer takes {channels}.", nameof(x));
        Span<int> extents = stackalloc int[Shape.MaxRank];
        shape.CopyTo(extents);
        return ConvGeometry.Of(ref known, window, mode, extents[2..shape.Rank]);
    }

    /// <summary>[N, C, ...] as [N·C, 1, ...].</summary>
    public static Var<T> ChannelsAlone<T>(Var<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x.Reshape(Leading(x.Shape, x.Shape[0] * x.Shape[1], 1));

    /// <summary>The channels of a group of [N, C, ...].</summary>
    public static Var<T> Channels<T>(Var<T> x, int group, int groups)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => groups == 1 ? x : x.Slice(1, group * (x.Shape[1] / groups), x.Shape[1] / groups);

    /// <summary>[N, C, ...] as rows of channels, [N, pixels, C].</summary>
    public static Var<T> Pixels<T>(Var<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x.Reshape(new Shape(x.Shape[0], x.Shape[1], Size(x.Shape))).Transpose(1, 2);

    /// <summary>Rows of channels as the image that they are.</summary>
    public static Var<T> Image<T>(Var<T> pixels, Shape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => pixels.Transpose(1, 2).Reshape(shape);

    /// <summary>Rows of channels at all elements of the geometry's planes, [N, planes · plane size, C].</summary>
    public static Var<T> Places<T>(Var<T> x, ConvGeometry geometry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PixelsNode<T>.Record(x, geometry).Transpose(1, 2);

    /// <summary>Outputs of all groups, plus a bias.</summary>
    public static Var<T> Together<T>(Var<T>[] groups, Parameter<T>? bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Var<T> all = groups.Length == 1 ? groups[0] : Var<T>.Concat(1, groups);
        return bias is null ? all : AddBias(all, bias);
    }

    /// <summary>[N·C, kernels, ...] as [N, C·kernels, ...], plus a bias.</summary>
    public static Var<T> ChannelsTogether<T>(Var<T> y, int batch, int channels, Parameter<T>? bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Var<T> together = y.Reshape(Leading(y.Shape, batch, channels));
        return bias is null ? together : AddBias(together, bias);
    }

    /// <summary>[N, O, ...] plus a bias [O].</summary>
    public static Var<T> AddBias<T>(Var<T> y, Parameter<T> bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<int> extents = stackalloc int[y.Shape.Rank - 1];
        extents.Fill(1);
        extents[0] = bias.Shape[0];
        return y + y.Tape.Use(bias).Reshape(new Shape(extents));
    }

    private static int Size(Shape shape)
    {
        int size = 1;
        for (int axis = 2; axis < shape.Rank; axis++)
            size *= shape[axis];
        return size;
    }

    private static Shape Leading(Shape shape, int first, int second)
    {
        Span<int> extents = stackalloc int[Shape.MaxRank];
        shape.CopyTo(extents);
        (extents[0], extents[1]) = (first, second);
        return new Shape(extents[..shape.Rank]);
    }
}
