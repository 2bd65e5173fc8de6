using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>The output size of adaptive pooling, as a layer is told it.</summary>
internal sealed class AdaptiveSize
{
    private readonly string _layer;
    private readonly int[] _output;

    /// <exception cref="ArgumentException">No size, or more than three.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public AdaptiveSize(string layer, ReadOnlySpan<int> output)
    {
        _layer = layer;
        _output = ImageInput.PerAxis(output, nameof(output), 1);
    }

    public IReadOnlyList<int> Output => _output;

    /// <summary>The windows in images of a shape, and the shape of the output.</summary>
    /// <exception cref="ArgumentException">Not images with these axes, or images without elements.</exception>
    public PoolGrid Grid(Shape input, out Shape output)
    {
        int count = ImageInput.SpatialAxes(_layer, input, _output.Length == 1 ? 0 : _output.Length);
        Span<PoolAxis> axes = stackalloc PoolAxis[ImageInput.MostAxes];
        for (int axis = 0; axis < count; axis++)
        {
            if (input[axis + 2] == 0)
                throw new ArgumentException($"{_layer}: the input of shape {input} has no element along spatial axis {axis}; every one needs 1 at least.");
            axes[axis] = PoolAxis.Adaptive(input[axis + 2], ImageInput.At(_output, axis));
        }

        return PoolGrid.Of(input, axes[..count], out output);
    }
}
