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

    /// <summary>The functions on every edge. Default: cubic B-splines on 5 intervals of [−1, 1].</summary>
    public BasisOptions Basis { get; init; } = new BSplineOptions();

    /// <summary><see cref="Basis"/> where it is B-splines.</summary>
    /// <exception cref="InvalidOperationException">The layer has functions of another family.</exception>
    public BSplineOptions Spline => Basis as BSplineOptions
        ?? throw new InvalidOperationException($"This needs B-splines on a grid; the layer has functions of family '{Basis.Family}'.");

    /// <summary>Whether the functions are B-splines on a grid.</summary>
    public bool IsSpline => Basis is BSplineOptions;

    /// <summary>Whether there is a grid that may follow the inputs: B-splines that see the inputs as they come.</summary>
    internal bool HasFreeGrid => IsSpline && Normalization == InputNormalization.None && Squash == InputSquash.None;

    /// <summary>How inputs are brought to the range of the functions. Default not at all.</summary>
    public InputNormalization Normalization { get; init; }

    /// <summary>What bounds the inputs after that. Default nothing.</summary>
    public InputSquash Squash { get; init; }

    /// <summary>
    /// Whether the base branch sees the layer's inputs as they come (FastKAN). Default false: it sees what the functions see, so that an edge is a function of
    /// one number.
    /// </summary>
    public bool BaseOnRawInput { get; init; }

    /// <summary>The function b of the base branch w·b(x); null leaves the branch out. Default SiLU.</summary>
    public Activation? BaseActivation { get; init; } = Activation.SiLU;

    /// <summary>Whether every edge has a scale of its own for its spline (efficient-kan: <c>enable_standalone_scale_spline</c>). Default true.</summary>
    public bool EdgeScale { get; init; } = true;

    /// <summary>
    /// Probability with which the value of an edge is dropped in training, for every sample and edge on its own, before the values are added up; the others are scaled
    /// by 1/(1 − rate) (DropKAN). In [0, 1), default 0. Not for wavelets.
    /// </summary>
    public double EdgeDropout { get; init; }

    /// <summary>Standard deviation of normal noise that is added to the layer's inputs in training. Default 0.</summary>
    public double InputNoise { get; init; }

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

    /// <summary>Layer options with the given functions: the defaults for B-splines, and for other families what <see cref="KanFamilies"/> puts around them.</summary>
    public static implicit operator KanLinearOptions(BasisOptions basis) => basis is null or BSplineOptions ? new() { Basis = basis! } : KanFamilies.Around(basis);

    /// <summary>The chosen values.</summary>
    public override string ToString()
    {
        // what a record prints by itself includes Spline, which other families have not
        return $"KanLinearOptions {{ Basis = {Basis}, Normalization = {Normalization}, Squash = {Squash}, BaseOnRawInput = {BaseOnRawInput}, BaseActivation = {BaseActivation}, EdgeScale = {EdgeScale}, "
            + $"EdgeDropout = {EdgeDropout}, InputNoise = {InputNoise}, Bias = {Bias}, Mask = {Mask}, Initialization = {Initialization}, BaseTrainable = {BaseTrainable}, EdgeScaleTrainable = {EdgeScaleTrainable} }}";
    }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is missing or out of its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Basis);
        ArgumentNullException.ThrowIfNull(Initialization);
        Basis.Validate();
        Initialization.Validate();
        if (!(EdgeDropout is >= 0 and < 1) || (EdgeDropout > 0 && Basis is WaveletOptions))
            throw new ArgumentException($"EdgeDropout is {EdgeDropout}; allowed are 0 to below 1, and for wavelets 0 alone.");
        if (!(InputNoise >= 0) || !double.IsFinite(InputNoise))
            throw new ArgumentException($"InputNoise is {InputNoise}; it is a standard deviation, 0 or more.");
        if (EdgeDropout > 0 && BaseOnRawInput)
            throw new ArgumentException("EdgeDropout needs edges that are functions of one number; set BaseOnRawInput to false.");
        if (!Enum.IsDefined(Normalization) || !Enum.IsDefined(Squash))
            throw new ArgumentException($"Normalization is {Normalization} and Squash is {Squash}; use the values that are defined.");
    }
}
