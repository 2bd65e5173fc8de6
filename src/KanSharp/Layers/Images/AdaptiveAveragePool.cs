using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>
/// The mean of every window, where the windows share the image out so that the output has a given size: window i of an axis of L elements goes
/// from ⌊i·L / output⌋ to ⌈(i + 1)·L / output⌉, as in PyTorch. Size 1 is global average pooling (Lin, Chen, Yan, Network In Network,
/// arXiv 1312.4400).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AdaptiveAveragePool<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdaptiveSize _size;

    /// <summary>Creates the layer.</summary>
    /// <param name="output">Size of the output axis by axis, outermost first, or one number for every spatial axis; 1 for global pooling.</param>
    /// <exception cref="ArgumentException">No size, or more than three.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public AdaptiveAveragePool(params ReadOnlySpan<int> output) => _size = new AdaptiveSize("AdaptiveAveragePool", output);

    /// <summary>Size of the output, one for every spatial axis or one for all.</summary>
    public IReadOnlyList<int> Output => _size.Output;

    /// <summary>Computes the layer, for example [N, C, H, W] to [N, C, output, output].</summary>
    /// <exception cref="ArgumentException">Not images of these spatial axes, or images without elements.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        PoolGrid grid = _size.Grid(x.Shape, out Shape output);
        return AveragePoolNode<T>.Record(x, output, grid, countPadding: false);
    }

    /// <summary>Computes the layer and its derivative, which is the mean of the input's.</summary>
    public override Jet<T> Forward(Jet<T> x) => x.Map(this, static (layer, part) => layer.Forward(part));
}
