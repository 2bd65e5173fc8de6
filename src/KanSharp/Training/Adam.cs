using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Adam (Kingma and Ba 2015), PyTorch's form: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²;
/// p ← p − rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε). Weight decay λ is added to the gradient (default 0); see <see cref="AdamW"/> for the decoupled one.
/// </summary>
public sealed record Adam : FirstOrderOptions
{
    /// <summary>Settings with learning rate 0.001.</summary>
    public Adam()
        : base(1e-3)
    {
    }

    /// <inheritdoc/>
    public override string Name => "adam";

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
        new AdamOptimizer<T>(module, this, Beta1, Beta2, Epsilon, decoupled: false, executor);
}
