using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>
/// Each channel of each image, [N, C, spatial axes...], shifted to mean 0 and scaled to variance 1 over its spatial axes, on request times a
/// weight plus a bias per channel: y = γ·(x − mean) / √(var + ε) + β (Ulyanov, Vedaldi, Lempitsky, Instance Normalization,
/// arXiv 1607.08022). The same in training and outside: there are no running statistics.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class InstanceNorm<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer; weights start at 1, biases at 0.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="epsilon">Added to the variance (default 1e-5).</param>
    /// <param name="affine">Whether there are a weight and a bias (default false).</param>
    /// <exception cref="ArgumentOutOfRangeException">No channel or a negative epsilon.</exception>
    public InstanceNorm(int channels, double epsilon = 1e-5, bool affine = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        Channels = channels;
        Epsilon = epsilon;
        if (!affine)
            return;
        Weight = new Parameter<T>(new Shape(channels));
        Weight.Value.Span.Fill(T.One);
        Bias = new Parameter<T>(new Shape(channels));
        Members = [("weight", Weight), ("bias", Bias)];
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>γ, [channels]; null without.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, [channels]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; } = [];

    /// <summary>Computes the layer, [N, channels, spatial axes...] to the same shape.</summary>
    /// <exception cref="ArgumentException">No spatial axis, another number of channels on axis 1, or a single element a channel.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        ChannelLayout layout = ChannelLayout.Of("InstanceNorm", x.Shape, Channels, spatial: true);
        if (layout.Plane == 1)
        {
            throw new ArgumentException(
                $"InstanceNorm: the input of shape {x.Shape} has a single element a channel, which the layer would turn into 0; it needs 2 at least. "
                + "Put the layer before global pooling.");
        }

        return GroupNorm<T>.Normalize(x, layout, Channels, Epsilon, Weight, Bias);
    }

    /// <summary>
    /// Computes the layer and its derivative: with x̂ the normalised channel and c = x′ − mean(x′), y′ = γ·(c − x̂·mean(x̂·c)) / √(var + ε).
    /// </summary>
    public override Jet<T> Forward(Jet<T> x) => GroupNorm<T>.Derivatives(x, Channels, Epsilon, Weight).WithValue(Forward(x.Value));
}
