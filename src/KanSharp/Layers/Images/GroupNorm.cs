using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>
/// Groups of neighbouring channels of [N, C, ...] shifted to mean 0 and scaled to variance 1, every sample by itself, then per channel times a
/// weight plus a bias: y = γ·(x − mean) / √(var + ε) + β (Wu, He, Group Normalization, arXiv 1803.08494). The same in training and outside.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GroupNorm<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer with weights 1 and biases 0.</summary>
    /// <param name="groups">Number of groups, at least 1.</param>
    /// <param name="channels">Number of channels, a multiple of the groups.</param>
    /// <param name="epsilon">Added to the variance (default 1e-5).</param>
    /// <param name="affine">Whether there are a weight and a bias (default true).</param>
    /// <exception cref="ArgumentException">The channels can not be shared out.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1 or a negative epsilon.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        if (channels % groups != 0)
            throw new ArgumentException($"{channels} channels can not be shared out to {groups} groups; the channels must be a multiple of the groups.", nameof(groups));
        Groups = groups;
        Channels = channels;
        Epsilon = epsilon;
        if (!affine)
            return;
        Weight = new Parameter<T>(new Shape(channels));
        Weight.Value.Span.Fill(T.One);
        Bias = new Parameter<T>(new Shape(channels));
        Members = [("weight", Weight), ("bias", Bias)];
    }

    /// <summary>Number of groups.</summary>
    public int Groups { get; }

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

    /// <summary>Computes the layer, [N, channels, ...] to the same shape.</summary>
    /// <exception cref="ArgumentException">Fewer than two axes, or another number of channels on axis 1.</exception>
    public override Var<T> Forward(Var<T> x) =>
        Normalize(x, ChannelLayout.Of("GroupNorm", x.Shape, Channels, spatial: false), Groups, Epsilon, Weight, Bias);

    /// <summary>
    /// Computes the layer and its derivative: with x̂ the normalised group and c = x′ − mean(x′), y′ = γ·(c − x̂·mean(x̂·c)) / √(var + ε).
    /// </summary>
    public override Jet<T> Forward(Jet<T> x) => Derivatives(x, Groups, Epsilon, Weight).WithValue(Forward(x.Value));

    internal static Var<T> Normalize(Var<T> x, ChannelLayout layout, int groups, double epsilon, Parameter<T>? weight, Parameter<T>? bias) =>
        GroupNormNode<T>.Record(
            x, layout, groups, T.CreateTruncating(epsilon), weight is null ? null : x.Tape.Use(weight), bias is null ? null : x.Tape.Use(bias));

    /// <summary>The normalised groups times γ, without β: what the derivatives need.</summary>
    internal static Jet<T> Derivatives(Jet<T> x, int groups, double epsilon, Parameter<T>? weight)
    {
        Shape shape = x.Value.Shape;
        int count = shape[0] * groups;
        if (shape.Count == 0)
            return x;
        Jet<T> y = LayerNorm<T>.Normalized(x.Reshape(new Shape(count, shape.Count / count)), T.CreateTruncating(epsilon)).Reshape(shape);
        return weight is null ? y : y * x.Value.Tape.Use(weight).Reshape(ChannelLayout.PerChannel(shape[1], shape.Rank));
    }
}
