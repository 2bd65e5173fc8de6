using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>
/// Each channel of [N, C, ...] shifted to mean 0 and scaled to variance 1 over samples and space, then times a weight plus a bias:
/// y = γ·(x − mean) / √(var + ε) + β (Ioffe, Szegedy, Batch Normalization, arXiv 1502.03167; PyTorch's BatchNorm1d, 2d and 3d). While
/// <see cref="Tape{T}.Training"/> is on, mean and variance are the batch's, and <see cref="Tape{T}.Commit"/> moves the running ones towards
/// them; otherwise the running ones are used. <see cref="BatchNorm{T}"/> does the same on the last axis.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ChannelBatchNorm<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer with weights 1, biases 0, running means 0 and running variances 1.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="epsilon">Added to the variance (default 1e-5).</param>
    /// <param name="momentum">Share of a batch in the running statistics (default 0.1).</param>
    /// <param name="affine">Whether there are a weight and a bias (default true).</param>
    /// <exception cref="ArgumentOutOfRangeException">No channel, a negative epsilon, or a momentum outside [0, 1].</exception>
    public ChannelBatchNorm(int channels, double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        if (!(momentum is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "The momentum must be between 0 and 1.");
        Channels = channels;
        Epsilon = epsilon;
        Momentum = momentum;
        RunningMean = new StateTensor<T>(new Tensor<T>(new Shape(channels))) { FollowsBatches = true };
        RunningVariance = new StateTensor<T>(new Tensor<T>(new Shape(channels))) { FollowsBatches = true };
        RunningVariance.Value.Span.Fill(T.One);
        Members = [("running_mean", RunningMean), ("running_var", RunningVariance)];
        if (!affine)
            return;
        Weight = new Parameter<T>(new Shape(channels));
        Weight.Value.Span.Fill(T.One);
        Bias = new Parameter<T>(new Shape(channels));
        Members = [("weight", Weight), ("bias", Bias), .. Members];
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Share of a batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <summary>γ, [channels]; null without.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, [channels]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>Mean used outside training, [channels].</summary>
    public StateTensor<T> RunningMean { get; }

    /// <summary>Variance used outside training, [channels]; moved by the batches' unbiased variances.</summary>
    public StateTensor<T> RunningVariance { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>
    /// Computes the layer, [N, channels, ...] to the same shape. In training a channel with a single element gives β; a batch without samples
    /// gives an empty result and leaves the running statistics as they are.
    /// </summary>
    /// <exception cref="ArgumentException">Fewer than two axes, or another number of channels on axis 1.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        ChannelLayout layout = ChannelLayout.Of("ChannelBatchNorm", x.Shape, Channels, spatial: false);
        Tape<T> tape = x.Tape;
        return ChannelBatchNormNode<T>.Record(this, x, layout, Weight is null ? null : tape.Use(Weight), Bias is null ? null : tape.Use(Bias));
    }

    /// <summary>Computes the layer and its derivative, outside training: y′ = γ·x′ / √(var + ε).</summary>
    /// <exception cref="InvalidOperationException">The tape is in training, where an output depends on the whole batch.</exception>
    public override Jet<T> Forward(Jet<T> x)
    {
        Tape<T> tape = x.Value.Tape;
        if (tape.Training)
        {
            throw new InvalidOperationException(
                "ChannelBatchNorm: in training an output depends on the whole batch and has no derivative with respect to its own input alone; "
                + "set Tape.Training to false, or use GroupNorm.");
        }

        Shape perChannel = ChannelLayout.PerChannel(Channels, x.Value.Shape.Rank);
        Var<T> deviation = (tape.Constant(RunningVariance.Value) + T.CreateTruncating(Epsilon)).Sqrt();
        Var<T> slope = (Weight is null ? T.One / deviation : tape.Use(Weight) / deviation).Reshape(perChannel);
        return x.Map((Layer: this, Slope: slope), static (s, value) => s.Layer.Forward(value), static (s, derivative) => derivative * s.Slope);
    }
}
