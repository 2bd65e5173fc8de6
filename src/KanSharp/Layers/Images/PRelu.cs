using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// x where it is positive, a·x elsewhere, with a slope a that is learned: one for each channel (axis 1) or one for all (He, Zhang, Ren, Sun,
/// Delving Deep into Rectifiers, arXiv 1502.01852).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PRelu<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="channels">Number of slopes: that of the channels, or 1 (default) for one slope for all, which takes any shape.</param>
    /// <param name="slope">Where the slopes start (default 0.25).</param>
    /// <exception cref="ArgumentOutOfRangeException">No slope.</exception>
    public PRelu(int channels = 1, double slope = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        Weight = new Parameter<T>(new Shape(channels));
        Weight.Value.Span.Fill(T.CreateTruncating(slope));
        Members = [("weight", Weight)];
    }

    /// <summary>The slopes, [channels].</summary>
    public Parameter<T> Weight { get; }

    /// <summary>Number of slopes.</summary>
    public int Channels => Weight.Shape.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Computes the layer, [N, channels, ...] to the same shape; any shape with one slope.</summary>
    /// <exception cref="ArgumentException">With several slopes: fewer than two axes, or another number of channels on axis 1.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        int plane = Channels == 1 ? 0 : ChannelLayout.Of("PRelu", x.Shape, Channels, spatial: false).Plane;
        return PReluNode<T>.Record(x, x.Tape.Use(Weight), plane);
    }

    /// <summary>Computes the layer and its derivative: y′ = x′ where x is positive, a·x′ elsewhere.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        Var<T> value = Forward(x.Value);
        Var<T> slope = x.Value.Tape.Use(Weight);
        if (Channels > 1)
            slope = slope.Reshape(ChannelLayout.PerChannel(Channels, x.Value.Shape.Rank));
        Var<T> positive = Var<T>.Maximum(x.Value.Detach(), x.Value.Tape.Constant(T.Zero));
        return x.Map((Value: value, Positive: positive, Slope: slope), static (s, _) => s.Value, static (s, derivative) => Var<T>.Where(s.Positive, derivative, derivative * s.Slope));
    }

    internal override RowPlan? Plan(int features) => Channels == 1 ? new RowPlan(features, features) : null;

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        UnaryRun<PReluOperation, T>.Apply(executor.Width, x, y, Weight.Value.Span[0]);
}
