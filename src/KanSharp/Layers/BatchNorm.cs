using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Each feature shifted to mean 0 and scaled to variance 1 over the rows, then times a weight plus a bias:
/// y = γ·(x − mean) / √(var + ε) + β (Ioffe, Szegedy, Batch Normalization, arXiv 1502.03167). While <see cref="Tape{T}.Training"/> is on,
/// mean and variance are the batch's, and <see cref="Tape{T}.Commit"/> moves the running ones towards them; otherwise the running ones
/// are used.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BatchNorm<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer with weights 1, biases 0, running means 0 and running variances 1.</summary>
    /// <param name="features">Number of features, at least 1.</param>
    /// <param name="epsilon">Added to the variance (default 1e-5).</param>
    /// <param name="momentum">Share of a batch in the running statistics (default 0.1).</param>
    /// <param name="affine">Whether there are a weight and a bias (default true).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, a negative epsilon, or a momentum outside [0, 1].</exception>
    public BatchNorm(int features, double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        if (!(momentum is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "The momentum must be between 0 and 1.");
        Features = features;
        Epsilon = epsilon;
        Momentum = momentum;
        RunningMean = new StateTensor<T>(new Tensor<T>(new Shape(features))) { FollowsBatches = true };
        RunningVariance = new StateTensor<T>(new Tensor<T>(new Shape(features))) { FollowsBatches = true };
        RunningVariance.Value.Span.Fill(T.One);
        Members = [("running_mean", RunningMean), ("running_var", RunningVariance)];
        if (!affine)
            return;
        Weight = new Parameter<T>(new Shape(features));
        Weight.Value.Span.Fill(T.One);
        Bias = new Parameter<T>(new Shape(features));
        Members = [("weight", Weight), ("bias", Bias), .. Members];
    }

    /// <summary>Number of features.</summary>
    public int Features { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Share of a batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <summary>γ, [features]; null without.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, [features]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>Mean used outside training, [features].</summary>
    public StateTensor<T> RunningMean { get; }

    /// <summary>Variance used outside training, [features]; moved by the batches' unbiased variances.</summary>
    public StateTensor<T> RunningVariance { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Computes the layer, [..., features] to the same shape; all leading axes count as rows. A single row in training gives β.</summary>
    /// <exception cref="ArgumentException">The last axis differs.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("BatchNorm", x, Features);
        Tape<T> tape = x.Tape;
        return BatchNormNode<T>.Record(this, x, Weight is null ? null : tape.Use(Weight), Bias is null ? null : tape.Use(Bias));
    }

    /// <summary>Computes the layer and its derivative, outside training: y′ = γ·x′ / √(var + ε).</summary>
    /// <exception cref="InvalidOperationException">The tape is in training, where an output depends on the whole batch.</exception>
    public override Jet<T> Forward(Jet<T> x)
    {
        Tape<T> tape = x.Value.Tape;
        if (tape.Training)
        {
            throw new InvalidOperationException(
                "BatchNorm: in training an output depends on the whole batch and has no derivative with respect to its own input alone; "
                + "set Tape.Training to false, or use LayerNorm.");
        }

        Var<T> deviation = (tape.Constant(RunningVariance.Value) + T.CreateTruncating(Epsilon)).Sqrt();
        Var<T> slope = Weight is null ? T.One / deviation : tape.Use(Weight) / deviation;
        return x.Map((Layer: this, Slope: slope), static (s, value) => s.Layer.Forward(value), static (s, derivative) => derivative * s.Slope);
    }

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("BatchNorm", features, Features);
        return new RowPlan(features, 8L * features);
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        SimdWidth width = executor.Width;
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        Span<T> scale = arena.Rent(Features).Span;
        ReadOnlySpan<T> variance = RunningVariance.Value.Span;
        T epsilon = T.CreateTruncating(Epsilon);
        for (int index = 0; index < scale.Length; index++)
            scale[index] = T.One / T.Sqrt(variance[index] + epsilon);
        for (int start = 0; start < x.Length; start += Features)
        {
            Span<T> row = y.Slice(start, Features);
            VectorMath.Subtract(x.Slice(start, Features), RunningMean.Value.Span, row, width);
            VectorMath.Multiply(row, scale, row, width);
            if (Weight is not null)
                VectorMath.Multiply(row, Weight.Value.Span, row, width);
            if (Bias is not null)
                VectorMath.Add(row, Bias.Value.Span, row, width);
        }

        arena.Release(mark);
    }
}
