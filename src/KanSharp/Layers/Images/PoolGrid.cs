using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>The windows of pooling in an image, as if it had three spatial axes.</summary>
internal readonly record struct PoolGrid(PoolAxis Depth, PoolAxis Height, PoolAxis Width)
{
    /// <summary>Elements of a channel of the input.</summary>
    public int InputPlane => Depth.Input * Height.Input * Width.Input;

    /// <summary>Elements of a channel of the output.</summary>
    public int OutputPlane => Depth.Output * Height.Output * Width.Output;

    /// <summary>Whether all windows have the same number of elements in the input.</summary>
    public bool IsUniform => Depth.IsUniform && Height.IsUniform && Width.IsUniform;

    /// <summary>Whether the windows are squares of 2 by 2 and no element is in two of them.</summary>
    public bool IsSquares => Depth == PoolAxis.Absent && Height.IsPairs && Width.IsPairs;

    /// <summary>Elements of a window of equal windows, with those in the padding.</summary>
    public long KernelCount => (long)Depth.Kernel * Height.Kernel * Width.Kernel;

    /// <summary>The grid of one to three axes, and the shape of the output.</summary>
    public static PoolGrid Of(Shape input, ReadOnlySpan<PoolAxis> axes, out Shape output)
    {
        Span<int> extents = stackalloc int[Shape.MaxRank];
        input.CopyTo(extents);
        for (int axis = 0; axis < axes.Length; axis++)
            extents[axis + 2] = axes[axis].Output;
        output = new Shape(extents[..input.Rank]);
        return new PoolGrid(
            axes.Length > 2 ? axes[^3] : PoolAxis.Absent, axes.Length > 1 ? axes[^2] : PoolAxis.Absent, axes[^1]);
    }
}
