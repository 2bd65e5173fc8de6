using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// In training sets each channel of each sample, [N, C, ...], to 0 with a given probability and scales the others by 1 / (1 − rate);
/// otherwise the identity (Tompson, Goroshin, Jain, LeCun, Bregler, Efficient Object Localization Using Convolutional Networks,
/// arXiv 1411.4280; PyTorch's Dropout1d, 2d and 3d). Draws from the stream that <see cref="Tape{T}.Seed"/> starts.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ChannelDropout<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">Probability of 0, in [0, 1); default 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public ChannelDropout(double rate = 0.5)
    {
        DropoutNode<T>.CheckRate(rate);
        Rate = rate;
    }

    /// <summary>Probability of 0.</summary>
    public double Rate { get; }

    /// <summary>Computes the layer.</summary>
    /// <exception cref="ArgumentException">In training: fewer than two axes.</exception>
    public override Var<T> Forward(Var<T> x) =>
        x.Tape.Training && Rate > 0 ? ChannelDropoutNode<T>.Record(x, Layout(x), Rate, x.Tape.NextMask()) : x;

    /// <summary>Value and derivative lose the same channels.</summary>
    /// <exception cref="ArgumentException">In training: fewer than two axes.</exception>
    public override Jet<T> Forward(Jet<T> x)
    {
        Tape<T> tape = x.Value.Tape;
        if (!tape.Training || Rate == 0)
            return x;
        ChannelLayout layout = Layout(x.Value);
        MaskKey mask = tape.NextMask();
        return x.Map((layout, Rate, mask), static (s, part) => ChannelDropoutNode<T>.Record(part, s.layout, s.Rate, s.mask));
    }

    internal override RowPlan? Plan(int features) => new RowPlan(features, features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) => x.CopyTo(y);

    private static ChannelLayout Layout(Var<T> x) => ChannelLayout.Of("ChannelDropout", x.Shape, 0, spatial: false);
}
