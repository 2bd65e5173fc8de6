using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), PyTorch's form: p ← p(1 − rate·λ), then as <see cref="Adam"/> without
/// decay in the gradient. Weight decay λ is 0.01 by default.
/// </summary>
public sealed record AdamW : FirstOrderOptions
{
    /// <summary>Settings with learning rate 0.001 and weight decay 0.01.</summary>
    public AdamW()
        : base(1e-3) => WeightDecay = 0.01;

    /// <inheritdoc/>
    public override string Name => "adamw";

    /// <summary>Decay β₁ of the mean gradient, 0 ≤ β₁ &lt; 1 (default 0.9).</summary>
    public double Beta1
    {
        get;
        init => field = BelowOne(value, nameof(Beta1));
    } = 0.9;

    /// <summary>Decay β₂ of the mean square, 0 ≤ β₂ &lt; 1 (default 0.999).</summary>
    public double Beta2
    {
        get;
        init => field = BelowOne(value, nameof(Beta2));
    } = 0.999;

    /// <summary>ε in the denominator, positive (default 10⁻⁸).</summary>
    public double Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-8;

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor) =>
        new AdamOptimizer<T>(module, this, Beta1, Beta2, Epsilon, decoupled: true, executor);
}
