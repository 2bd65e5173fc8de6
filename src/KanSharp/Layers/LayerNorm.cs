using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Each row shifted to mean 0 and scaled to variance 1 over its features, then times a weight plus a bias per feature:
/// y = γ·(x − mean) / √(var + ε) + β (Ba, Kiros, Hinton, Layer Normalization, arXiv 1607.06450).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LayerNorm<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer with weights 1 and biases 0.</summary>
    /// <param name="features">Number of features, at least 1.</param>
    /// <param name="epsilon">Added to the variance (default 1e-5).</param>
    /// <param name="affine">Whether there are a weight and a bias (default true).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1 or a negative epsilon.</exception>
    public LayerNorm(int features, double epsilon = 1e-5, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        Features = features;
        Epsilon = epsilon;
        if (!affine)
            return;
        Weight = new Parameter<T>(new Shape(features));
        Weight.Value.Span.Fill(T.One);
        Bias = new Parameter<T>(new Shape(features));
        Members = [("weight", Weight), ("bias", Bias)];
    }

    /// <summary>Number of features.</summary>
    public int Features { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>γ, [features]; null without.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, [features]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; } = [];

    /// <summary>Computes the layer, [..., features] to the same shape.</summary>
    /// <exception cref="ArgumentException">The last axis differs.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("LayerNorm", x, Features);
        Tape<T> tape = x.Tape;
        return LayerNormNode<T>.Record(
            x, Weight is null ? null : tape.Use(Weight), Bias is null ? null : tape.Use(Bias), T.CreateTruncating(Epsilon));
    }

    /// <summary>
    /// Computes the layer and its derivative: with x̂ the normalised row and c = x′ − mean(x′), y′ = γ·(c − x̂·mean(x̂·c)) / √(var + ε).
    /// </summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        Jet<T> normalized = Normalized(x, T.CreateTruncating(Epsilon));
        return (Weight is null ? normalized : normalized * Weight).WithValue(Forward(x.Value));
    }

    /// <summary>Rows less their mean, over their deviation, with derivatives.</summary>
    internal static Jet<T> Normalized(Jet<T> x, T epsilon)
    {
        Jet<T> centered = x.Map(0, static (_, part) => part - part.Mean(-1, keepDims: true));
        return centered / ((centered * centered).Map(0, static (_, part) => part.Mean(-1, keepDims: true)) + epsilon).Sqrt();
    }

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("LayerNorm", features, Features);
        return new RowPlan(features, 8L * features);
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        for (int start = 0; start < x.Length; start += Features)
        {
            Span<T> row = y.Slice(start, Features);
            LayerNormNode<T>.Normalize(x.Slice(start, Features), row, T.CreateTruncating(Epsilon), executor.Width);
            if (Weight is not null)
                VectorMath.Multiply(row, Weight.Value.Span, row, executor.Width);
            if (Bias is not null)
                VectorMath.Add(row, Bias.Value.Span, row, executor.Width);
        }
    }
}
