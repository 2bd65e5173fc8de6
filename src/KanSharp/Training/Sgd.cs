using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Gradient descent with optional momentum, PyTorch's form: g ← g + λp; b ← g in the first step, then μb + (1 − dampening)g;
/// p ← p − rate·b, or p − rate·(g + μb) with Nesterov. Weight decay λ is part of the gradient (default 0).
/// </summary>
public sealed record Sgd : FirstOrderOptions
{
    /// <summary>Settings with learning rate 0.01 and no momentum.</summary>
    public Sgd()
        : base(0.01)
    {
    }

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Momentum μ, 0 ≤ μ &lt; 1 (default 0).</summary>
    public double Momentum
    {
        get;
        init => field = BelowOne(value, nameof(Momentum));
    }

    /// <summary>How much less a new gradient counts in the momentum, 0 ≤ d &lt; 1 (default 0).</summary>
    public double Dampening
    {
        get;
        init => field = BelowOne(value, nameof(Dampening));
    }

    /// <summary>Looks ahead along the momentum; needs a momentum and no dampening (default false).</summary>
    public bool Nesterov { get; init; }

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor)
    {
        if (Nesterov && (Momentum == 0 || Dampening > 0))
            throw new ArgumentException($"Nesterov needs Momentum > 0 and Dampening = 0; they are {Momentum} and {Dampening}.");
        return new SgdOptimizer<T>(module, this, executor);
    }
}
