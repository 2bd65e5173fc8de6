using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Each feature from its range [low, high] to [−1, 1]: y = (x − centre)·scale. The ranges are state: they come from data once
/// (<see cref="Fit(Tensor{T})"/>), and an output depends on its own input alone, in training as afterwards.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RangeNorm<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer with ranges [−1, 1]: the identity.</summary>
    /// <param name="features">Number of features, at least 1.</param>
    public RangeNorm(int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Center = new StateTensor<T>(new Tensor<T>(new Shape(features)));
        Scale = new StateTensor<T>(new Tensor<T>(new Shape(features)));
        Scale.Value.Span.Fill(T.One);
        Members = [("center", Center), ("scale", Scale)];
    }

    /// <summary>Number of features.</summary>
    public int Features => Center.Value.Shape.Count;

    /// <summary>Middle of each range, [features].</summary>
    public StateTensor<T> Center { get; }

    /// <summary>2/(high − low) of each range, [features].</summary>
    public StateTensor<T> Scale { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Sets the ranges to those of samples; a feature with a single value keeps its scale.</summary>
    /// <param name="x">Samples [..., features], finite.</param>
    /// <exception cref="ArgumentException">The last axis differs, or a sample is not finite.</exception>
    public void Fit(Tensor<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0 || x.Shape.Last != Features)
            throw new ArgumentException($"The layer has {Features} features; the last axis of {x.Shape} must be {Features}.", nameof(x));
        Fit(x.Span, nameof(x));
    }

    internal void Fit(ReadOnlySpan<T> x, string name)
    {
        int features = Features;
        T half = T.CreateTruncating(0.5);
        for (int feature = 0; feature < features && x.Length > 0; feature++)
        {
            T low = x[feature], high = low;
            for (int at = feature; at < x.Length; at += features)
            {
                if (!T.IsFinite(x[at]))
                    throw new ArgumentException($"Row {at / features}, feature {feature} is {x[at]}; ranges need finite samples.", name);
                low = T.Min(low, x[at]);
                high = T.Max(high, x[at]);
            }

            Center.Value[feature] = half * low + half * high;
            T radius = half * high - half * low;
            if (radius > T.Zero)
                Scale.Value[feature] = T.One / radius;
        }
    }

    /// <summary>Computes the layer, [..., features] to the same shape.</summary>
    /// <exception cref="ArgumentException">The last axis differs.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("RangeNorm", x, Features);
        return (x - x.Tape.Constant(Center.Value)) * x.Tape.Constant(Scale.Value);
    }

    /// <summary>Computes the layer and its derivative.</summary>
    public override Jet<T> Forward(Jet<T> x) =>
        x.Map(this, static (layer, value) => layer.Forward(value), static (layer, derivative) => derivative * derivative.Tape.Constant(layer.Scale.Value));

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("RangeNorm", features, Features);
        return new RowPlan(features, 2L * features);
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        for (int start = 0; start < x.Length; start += Features)
        {
            Span<T> row = y.Slice(start, Features);
            VectorMath.Subtract(x.Slice(start, Features), Center.Value.Span, row, executor.Width);
            VectorMath.Multiply(row, Scale.Value.Span, row, executor.Width);
        }
    }
}
