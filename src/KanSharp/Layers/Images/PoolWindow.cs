using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>Size, stride and padding of the windows of pooling, as a layer is told them.</summary>
internal sealed class PoolWindow
{
    private readonly string _layer;
    private readonly int[] _kernel;
    private readonly int[] _stride;
    private readonly int[] _padding;
    private readonly int _axes;

    /// <exception cref="ArgumentException">A list of a wrong length, or a padding of more than half the kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A kernel or stride below 1, or a negative padding.</exception>
    public PoolWindow(string layer, ReadOnlySpan<int> kernel, ReadOnlySpan<int> stride, ReadOnlySpan<int> padding)
    {
        _layer = layer;
        _kernel = ImageInput.PerAxis(kernel, nameof(kernel), 1);
        _stride = stride.IsEmpty ? _kernel : ImageInput.PerAxis(stride, nameof(stride), 1);
        _padding = padding.IsEmpty ? [0] : ImageInput.PerAxis(padding, nameof(padding), 0);
        int axes = Math.Max(_kernel.Length, Math.Max(_stride.Length, _padding.Length));
        CheckLength(_kernel, axes, nameof(kernel));
        CheckLength(_stride, axes, nameof(stride));
        CheckLength(_padding, axes, nameof(padding));
        for (int axis = 0; axis < axes; axis++)
        {
            (int size, int before) = (ImageInput.At(_kernel, axis), ImageInput.At(_padding, axis));
            if (before > size / 2)
            {
                throw new ArgumentException(
                    $"{layer}: the padding is {before} for a kernel of {size}; at most half the kernel ({size / 2}) is allowed, or windows would lie outside the image.",
                    nameof(padding));
            }
        }

        _axes = axes == 1 ? 0 : axes;
    }

    public IReadOnlyList<int> Kernel => _kernel;

    public IReadOnlyList<int> Stride => _stride;

    public IReadOnlyList<int> Padding => _padding;

    /// <summary>The windows in images of a shape, and the shape of the output.</summary>
    /// <exception cref="ArgumentException">Not images with these axes, or smaller than the kernel.</exception>
    public PoolGrid Grid(Shape input, out Shape output)
    {
        int count = ImageInput.SpatialAxes(_layer, input, _axes);
        Span<PoolAxis> axes = stackalloc PoolAxis[ImageInput.MostAxes];
        for (int axis = 0; axis < count; axis++)
        {
            int extent = input[axis + 2];
            (int size, int padding) = (ImageInput.At(_kernel, axis), ImageInput.At(_padding, axis));
            if (size > extent + 2L * padding)
            {
                throw new ArgumentException(
                    $"{_layer}: the kernel has {size} elements along spatial axis {axis}; the input of shape {input} has {extent} there with {padding} of "
                    + "padding at either end. Take a smaller kernel or larger images.");
            }

            axes[axis] = PoolAxis.Window(extent, size, ImageInput.At(_stride, axis), padding);
        }

        return PoolGrid.Of(input, axes[..count], out output);
    }

    private void CheckLength(int[] values, int axes, string name)
    {
        if (values.Length != 1 && values.Length != axes)
        {
            throw new ArgumentException(
                $"{_layer}: {name} has {values.Length} numbers where another argument has {axes}; give one for every spatial axis, or one for all.", name);
        }
    }
}
