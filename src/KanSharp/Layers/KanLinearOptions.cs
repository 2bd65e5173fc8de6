using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>What a <see cref="KanLinear{T}"/> is made of. The defaults are efficient-kan's.</summary>
public sealed record KanLinearOptions
{
    /// <summary>
    /// Splines alone: no base branch and no edge scale, which a spline of enough intervals can represent itself, and larger initial splines. What least-squares
    /// training (<c>LevenbergMarquardt</c>) of small networks does best with.
    /// </summary>
    public static KanLinearOptions SplinesOnly { get; } = new()
    {
        BaseActivation = null,
        EdgeScale = false,
        Initialization = new KanInitialization { NoiseScale = 3 },
    };

    /// <summary>The basis on every edge. Default: cubic B-splines on 5 intervals of [−1, 1].</summary>
    public BSplineOptions Basis { get; init; } = new();

    /// <summary>The function b of the base branch w·b(x); null leaves the branch out. Default SiLU.</summary>
    public Activation? BaseActivation { get; init; } = Activation.SiLU;

    /// <summary>Whether every edge has a scale of its own for its spline (efficient-kan: <c>enable_standalone_scale_spline</c>). Default true.</summary>
    public bool EdgeScale { get; init; } = true;

    /// <summary>Whether the layer adds a bias to each output. Default false.</summary>
    public bool Bias { get; init; }

    /// <summary>Whether every edge has a mask, a factor that is not trained. Default false; <see cref="KanInitialization.Sparse"/> needs it and switches it on.</summary>
    public bool Mask { get; init; }

    /// <summary>How parameters start. Default efficient-kan's scheme.</summary>
    public KanInitialization Initialization { get; init; } = KanInitialization.EfficientKan;

    /// <summary>Whether base weights are trained (pykan: <c>sb_trainable</c>). Default true.</summary>
    public bool BaseTrainable { get; init; } = true;

    /// <summary>Whether edge scales are trained (pykan: <c>sp_trainable</c>). Default true.</summary>
    public bool EdgeScaleTrainable { get; init; } = true;

    /// <summary>Layer options with the given basis and otherwise the defaults.</summary>
    public static implicit operator KanLinearOptions(BSplineOptions basis) => new() { Basis = basis };

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is missing or out of its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Basis);
        ArgumentNullException.ThrowIfNull(Initialization);
        Basis.Validate();
        Initialization.Validate();
    }
}
