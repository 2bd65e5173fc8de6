using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>The affine map y = x·Wᵀ + b on the last axis.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Linear<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer from its arrays, which become its own.</summary>
    /// <param name="weight">W, [outputs, inputs].</param>
    /// <param name="bias">b, [outputs]; none if null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Linear(Tensor<T> weight, Tensor<T>? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 2)
            throw new ArgumentException($"The weight has shape {weight.Shape}; it must be a matrix [outputs, inputs].", nameof(weight));
        if (bias is not null && bias.Shape != new Shape(weight.Shape[0]))
            throw new ArgumentException($"The bias has shape {bias.Shape}; with a weight of shape {weight.Shape} it must be [{weight.Shape[0]}].", nameof(bias));
        Weight = new Parameter<T>(weight);
        Bias = bias is null ? null : new Parameter<T>(bias);
        Members = Bias is null ? [("weight", Weight)] : [("weight", Weight), ("bias", Bias)];
    }

    /// <summary>Number of input features.</summary>
    public int Inputs => Weight.Shape[1];

    /// <summary>Number of outputs.</summary>
    public int Outputs => Weight.Shape[0];

    /// <summary>W, [outputs, inputs].</summary>
    public Parameter<T> Weight { get; }

    /// <summary>b, [outputs]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>
    /// Creates the layer with random values: weights and biases uniform in ±1/√inputs, as PyTorch does (Kaiming uniform with a = √5).
    /// </summary>
    /// <param name="inputs">Number of input features, at least 1.</param>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="random">Source of the values.</param>
    /// <param name="bias">Whether the layer has a bias (default true).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public static Linear<T> Create(int inputs, int outputs, SplitRandom random, bool bias = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(random);
        T bound = T.CreateTruncating(1 / Math.Sqrt(inputs));
        var weight = new Tensor<T>(new Shape(outputs, inputs));
        random.Split("weight").FillUniform(weight.Span, -bound, bound);
        if (!bias)
            return new Linear<T>(weight);
        var shift = new Tensor<T>(new Shape(outputs));
        random.Split("bias").FillUniform(shift.Span, -bound, bound);
        return new Linear<T>(weight, shift);
    }

    /// <summary>Computes the layer.</summary>
    /// <param name="x">Inputs [..., inputs].</param>
    /// <returns>Outputs [..., outputs].</returns>
    /// <exception cref="ArgumentException">The last axis differs.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("Linear", x, Inputs);
        return LinearNode<T>.Record(x, x.Tape.Use(Weight), Bias is null ? null : x.Tape.Use(Bias));
    }

    /// <summary>Predicts rows without a tape; see <see cref="Module{T}.Predict(ReadOnlySpan{T}, Span{T}, int, Executor?)"/>.</summary>
    /// <param name="x">Inputs, row-major [rows, inputs].</param>
    /// <param name="y">Receives the outputs, row-major [rows, outputs]; must not overlap <paramref name="x"/>.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<T> x, Span<T> y, Executor? executor = null) => PredictRows(x, y, Inputs, executor);

    /// <summary>Computes the layer and its derivative: y′ = x′·Wᵀ.</summary>
    public override Jet<T> Forward(Jet<T> x) =>
        x.Map(this, static (layer, value) => layer.Forward(value), static (layer, derivative) => LinearNode<T>.Record(derivative, derivative.Tape.Use(layer.Weight), null));

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("Linear", features, Inputs);
        return new RowPlan(Outputs, (long)Inputs * Outputs);
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        LinearNode<T>.Compute(x, Weight.Value.Span, Bias is null ? default : Bias.Value.Span, y, rows, executor);
}
