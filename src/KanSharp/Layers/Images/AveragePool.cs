using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>
/// The mean of every window of an image, [N, C, L], [N, C, H, W] or [N, C, D, H, W], channel by channel (LeCun, Bottou, Bengio, Haffner,
/// Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE 86, 1998, where it is called sub-sampling). An axis of L
/// elements has ⌊(L + 2·padding − kernel) / stride⌋ + 1 windows; the padding is 0.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AveragePool<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PoolWindow _window;

    /// <summary>Creates the layer with the same window along every spatial axis.</summary>
    /// <param name="kernel">Length of a window, at least 1.</param>
    /// <param name="stride">Distance of two windows; the length of one by default.</param>
    /// <param name="padding">Zeros added at either end, at most half the kernel (default 0).</param>
    /// <param name="countPadding">Whether the padding counts in the mean, as PyTorch's count_include_pad (default true).</param>
    /// <exception cref="ArgumentException">More padding than half the kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A kernel or stride below 1, or a negative padding.</exception>
    public AveragePool(int kernel, int? stride = null, int padding = 0, bool countPadding = true)
        : this([kernel], [stride ?? kernel], [padding], countPadding)
    {
    }

    /// <summary>Creates the layer with a window given axis by axis, outermost first; a list with one number holds for every axis.</summary>
    /// <param name="kernel">Lengths of a window, at least 1.</param>
    /// <param name="stride">Distances of two windows; the lengths of one by default.</param>
    /// <param name="padding">Zeros added at either end, at most half the kernel (default 0).</param>
    /// <param name="countPadding">Whether the padding counts in the mean, as PyTorch's count_include_pad (default true).</param>
    /// <exception cref="ArgumentException">Lists of different length, or more padding than half the kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A kernel or stride below 1, or a negative padding.</exception>
    public AveragePool(
        ReadOnlySpan<int> kernel, ReadOnlySpan<int> stride = default, ReadOnlySpan<int> padding = default, bool countPadding = true)
    {
        _window = new PoolWindow("AveragePool", kernel, stride, padding);
        CountPadding = countPadding;
    }

    /// <summary>Lengths of a window, one for every spatial axis or one for all.</summary>
    public IReadOnlyList<int> Kernel => _window.Kernel;

    /// <summary>Distances of two windows, one for every spatial axis or one for all.</summary>
    public IReadOnlyList<int> Stride => _window.Stride;

    /// <summary>Zeros added at either end, one for every spatial axis or one for all.</summary>
    public IReadOnlyList<int> Padding => _window.Padding;

    /// <summary>Whether the padding counts in the mean.</summary>
    public bool CountPadding { get; }

    /// <summary>Computes the layer, for example [N, C, H, W] to [N, C, windows, windows].</summary>
    /// <exception cref="ArgumentException">Not images of these spatial axes, or images smaller than the kernel.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        PoolGrid grid = _window.Grid(x.Shape, out Shape output);
        return AveragePoolNode<T>.Record(x, output, grid, CountPadding);
    }

    /// <summary>Computes the layer and its derivative, which is the mean of the input's.</summary>
    public override Jet<T> Forward(Jet<T> x) => x.Map(this, static (layer, part) => layer.Forward(part));
}
