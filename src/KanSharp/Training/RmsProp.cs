using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// RMSProp (Hinton 2012), PyTorch's form: v ← αv + (1 − α)g²; u = g / (√v + ε); p ← p − rate·u, or with momentum b ← μb + u, p ← p − rate·b.
/// Weight decay λ is added to the gradient (default 0).
/// </summary>
public sealed record RmsProp : FirstOrderOptions
{
    /// <summary>Settings with learning rate 0.01 and no momentum.</summary>
    public RmsProp()
        : base(0.01)
    {
    }

    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <summary>Decay α of the mean square, 0 ≤ α &lt; 1 (default 0.99).</summary>
    public double Alpha
    {
        get;
        init => field = BelowOne(value, nameof(Alpha));
    } = 0.99;

    /// <summary>Momentum μ, 0 ≤ μ &lt; 1 (default 0).</summary>
    public double Momentum
    {
        get;
        init => field = BelowOne(value, nameof(Momentum));
    }

    /// <summary>ε in the denominator, positive (default 10⁻⁸).</summary>
    public double Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-8;

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor) =>
        new RmsPropOptimizer<T>(module, this, executor);
}
