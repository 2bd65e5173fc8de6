namespace KanSharp.Layers;

/// <summary>How the parameters of a new layer are drawn. Two published schemes, each exact.</summary>
public sealed record KanInitialization
{
    /// <summary>
    /// efficient-kan: coefficients fitted to uniform noise ±<see cref="NoiseScale"/>/(2G) at the grid points, base weights uniform
    /// ±<see cref="BaseScale"/>/√I, edge scale uniform ±<see cref="SplineScale"/>/√I.
    /// </summary>
    public static KanInitialization EfficientKan { get; } = new();

    /// <summary>
    /// pykan: the same noise fit with scale 0.3, base weights (<see cref="BaseMean"/> ± <see cref="BaseScale"/>)/√I uniform, edge scale
    /// constant <see cref="SplineScale"/>/√I.
    /// </summary>
    public static KanInitialization Pykan { get; } = new() { NoiseScale = 0.3, ConstantEdgeScale = true };

    /// <summary>
    /// For other families than B-splines: coefficients drawn so that functions of inputs spread over their range add up to about <see cref="SplineScale"/> squared
    /// whatever the number of inputs, normal with deviation SplineScale/√(I·q), q the mean of Σ_n φ_n² over the range. Published starts with a fixed deviation leave
    /// that range at once in wide layers.
    /// </summary>
    public static KanInitialization KeepsVariance { get; } = new() { ScalesWithInputs = true, SplineScale = 0.5 };

    /// <summary>Whether coefficients of other families than B-splines start as <see cref="KeepsVariance"/> says, and not as published. Default false.</summary>
    public bool ScalesWithInputs { get; init; }

    /// <summary>Amplitude of the initial splines before scaling. Default 0.1; 0 starts with flat splines.</summary>
    public double NoiseScale { get; init; } = 0.1;

    /// <summary>Spread of the base weights in units of 1/√I. Default 1. (pykan: <c>scale_base_sigma</c>.)</summary>
    public double BaseScale { get; init; } = 1;

    /// <summary>Mean of the base weights in units of 1/√I. Default 0. (pykan: <c>scale_base_mu</c>.)</summary>
    public double BaseMean { get; init; }

    /// <summary>Size of the edge scale in units of 1/√I; without an edge scale, the factor of the coefficients. Default 1.</summary>
    public double SplineScale { get; init; } = 1;

    /// <summary>Whether the edge scale starts constant (pykan) rather than uniform random (efficient-kan, the default).</summary>
    public bool ConstantEdgeScale { get; init; }

    /// <summary>Whether only the nearest edges start switched on (pykan's <c>sparse_init</c>). Default false.</summary>
    public bool Sparse { get; init; }

    /// <summary>
    /// Reproduces efficient-kan's use of the scales as leaky-ReLU slopes, bound √(6/((1 + 5·scale²)·I)), where a larger scale gives smaller
    /// weights. Equal to the default at scale 1. Default false.
    /// </summary>
    public bool EfficientKanScales { get; init; }

    /// <summary>Bound of a uniform weight for a given scale and number of inputs.</summary>
    internal double Bound(double scale, int inputs) => EfficientKanScales
        ? Math.Sqrt(6 / ((1 + 5 * scale * scale) * inputs))
        : scale / Math.Sqrt(inputs);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is negative or not finite.</exception>
    public void Validate()
    {
        foreach ((string name, double value) in new[] { (nameof(NoiseScale), NoiseScale), (nameof(BaseScale), BaseScale), (nameof(SplineScale), SplineScale) })
        {
            if (!double.IsFinite(value) || value < 0)
                throw new ArgumentException($"{name} is {value}; it must be finite and not negative.");
        }

        if (!double.IsFinite(BaseMean))
            throw new ArgumentException($"{nameof(BaseMean)} is {BaseMean}; it must be finite.");
    }
}
