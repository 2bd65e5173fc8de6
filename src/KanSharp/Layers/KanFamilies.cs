using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// The families of functions by name. Each comes twice where a publication has a layer of its own: under the family's name with choices that make every edge a
/// function of one number, and under the publication's name exactly as published (FastKAN normalises rows, ChebyKAN has no base branch …).
/// </summary>
public static class KanFamilies
{
    private const string Intervals = "grid intervals";
    private const string Degree = "degree";
    private const string Frequencies = "frequencies";

    /// <summary>All families, splines first.</summary>
    public static IReadOnlyList<KanFamily> All { get; } =
    [
        new("b-spline", "cubic B-splines with a SiLU branch (KAN, efficient-kan)", Intervals, 5, size => new BSplineOptions { Intervals = size }),
        new("hat", "piecewise linear functions (B-splines of degree 1)", Intervals, 8, size => new KanLinearOptions { Basis = new BSplineOptions { Intervals = size, Degree = 1 } }),
        new("gaussian", "Gaussian bells with a SiLU branch", "centres", 8, size => Around(new GaussianOptions { Centers = size })),
        new("sech2", "bells sech² with trained centres and width, and a SiLU branch", "centres", 8, size => Around(new Sech2Options { Centers = size })),
        new("spline-gaussian", "B-splines plus Gaussians (BSRBF-KAN) with a SiLU branch", Intervals, 5, size => Around(new SplineGaussianOptions { Intervals = size, Low = -2, High = 2 })),
        new("relu", "ReLU-KAN bumps with trained phases and a SiLU branch", Intervals, 5, size => Around(new ReluBumpOptions { Intervals = size, Low = -2, High = 2 })),
        new("relu-fixed", "ReLU-KAN bumps with fixed phases, piecewise quartics, and a SiLU branch", Intervals, 5, size => Around(new ReluBumpOptions { Intervals = size, Low = -2, High = 2, TrainPhases = false })),
        new("hrkan", "smoother ReLU-KAN bumps (fourth powers) with trained phases and a SiLU branch", Intervals, 5, size => Around(new ReluBumpOptions { Intervals = size, Low = -2, High = 2, Power = 2 })),
        new("chebyshev", "Chebyshev polynomials of tanh and a SiLU branch", Degree, 4, size => Around(new PolynomialOptions { Degree = size })),
        new("chebyshev2", "Chebyshev polynomials of the second kind of tanh and a SiLU branch", Degree, 4, size => Around(new PolynomialOptions { Kind = PolynomialKind.Chebyshev2, Degree = size })),
        new("legendre", "Legendre polynomials of tanh and a SiLU branch", Degree, 4, size => Around(new PolynomialOptions { Kind = PolynomialKind.Legendre, Degree = size })),
        new("jacobi", "Jacobi polynomials (1, 1) of tanh and a SiLU branch", Degree, 3, size => Around(new PolynomialOptions { Kind = PolynomialKind.Jacobi, Degree = size })),
        new("gegenbauer", "Gegenbauer polynomials (3) of tanh and a SiLU branch", Degree, 3, size => Around(new PolynomialOptions { Kind = PolynomialKind.Gegenbauer, Degree = size, Alpha = 3 })),
        new("hermite", "Hermite polynomials of tanh and a SiLU branch", Degree, 3, size => Around(new PolynomialOptions { Kind = PolynomialKind.Hermite, Degree = size })),
        new("laguerre", "Laguerre polynomials of tanh and a SiLU branch", Degree, 3, size => Around(new PolynomialOptions { Kind = PolynomialKind.Laguerre, Degree = size, Alpha = 0 })),
        new("gram", "Gram polynomials with a trained recurrence of tanh, and a SiLU branch", Degree, 3, size => Around(new GramOptions { Degree = size })),
        new("monomial", "powers of tanh and a SiLU branch", Degree, 3, size => Around(new PolynomialOptions { Kind = PolynomialKind.Monomial, Degree = size })),
        new("fourier", "sines and cosines, with a SiLU branch", Frequencies, 5, size => Around(new FourierOptions { Frequencies = size })),
        new("sine", "sines with trained frequencies (SineKAN) and a SiLU branch", Frequencies, 8, size => Around(new SineOptions { Frequencies = size })),
        new("rational", "one trained rational function for each group of inputs, and a weight on every edge (KAT)", "", 0, _ => Around(new RationalOptions())),
        new("mexican-hat", "a Mexican hat wavelet on every edge, with a scale and a translation of its own (Wav-KAN), and a SiLU branch", "", 0, _ => Around(new WaveletOptions())),
        new("morlet", "a Morlet wavelet on every edge, and a SiLU branch", "", 0, _ => Around(new WaveletOptions { Kind = WaveletKind.Morlet })),
        new("dog", "a derivative of a Gaussian on every edge, and a SiLU branch", "", 0, _ => Around(new WaveletOptions { Kind = WaveletKind.DerivativeOfGaussian })),
        new("meyer", "a Meyer wavelet on every edge, and a SiLU branch", "", 0, _ => Around(new WaveletOptions { Kind = WaveletKind.Meyer })),
        new("shannon", "a Shannon wavelet on every edge, and a SiLU branch", "", 0, _ => Around(new WaveletOptions { Kind = WaveletKind.Shannon })),
        new("fastkan", "FastKAN as published: Gaussians of layer-normalised rows, SiLU branch of the rows themselves", "centres", 8, size => new KanLinearOptions
        {
            Basis = new GaussianOptions { Centers = size },
            Normalization = InputNormalization.LayerNorm,
            BaseOnRawInput = true,
            EdgeScale = false,
            Bias = true,
        }),
        new("fasterkan", "FasterKAN as documented: trained bells of layer-normalised rows", "centres", 8, size => Bare(new Sech2Options { Centers = size }) with { Normalization = InputNormalization.LayerNorm, Bias = false }),
        new("bsrbf", "BSRBF-KAN as published: B-splines plus Gaussians of layer-normalised rows, SiLU branch", Intervals, 5, size => Plain(new SplineGaussianOptions { Intervals = size }) with
        {
            Normalization = InputNormalization.LayerNorm, Bias = false,
        }),
        new("relukan", "ReLU-KAN as published: bumps on [0, 1] with trained phases, and a bias", Intervals, 5, size => Bare(new ReluBumpOptions { Intervals = size, ConstantHeight = false })),
        new("chebykan", "ChebyKAN as published: Chebyshev polynomials of tanh", Degree, 4, size => Bare(new PolynomialOptions { Degree = size }) with { Squash = InputSquash.Tanh, Bias = false }),
        new("fourierkan", "FourierKAN as published: sines and cosines, and a bias", Frequencies, 5, size => Bare(new FourierOptions { Frequencies = size, DampedStart = false })),
        new("sinekan", "SineKAN as published: sines with trained frequencies, and a bias", Frequencies, 8, size => Bare(new SineOptions { Frequencies = size })),
    ];

    /// <summary>Names of all families.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(family => family.Name)];

    /// <summary>The family of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static KanFamily Named(string name) => All.FirstOrDefault(family => family.Name == name)
        ?? throw new ArgumentException($"There is no family '{name}'; known are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>
    /// What makes a layer of functions of a family: a SiLU branch and a bias; inputs bounded to (−1, 1) for polynomials; for rational functions a bias alone. For
    /// B-splines the defaults of <see cref="KanLinearOptions"/>.
    /// </summary>
    /// <param name="basis">The family.</param>
    public static KanLinearOptions Around(BasisOptions basis) => basis switch
    {
        BSplineOptions => new KanLinearOptions { Basis = basis },
        PolynomialOptions or GramOptions => Scaled(Plain(basis)) with { Squash = InputSquash.Tanh },
        RationalOptions => Bare(basis),
        FourierOptions or SineOptions or WaveletOptions => Plain(basis),
        _ => Scaled(Plain(basis)),
    };

    private static KanLinearOptions Scaled(KanLinearOptions options) => options with { Initialization = KanInitialization.KeepsVariance };

    /// <summary>A family with a bias, and nothing else.</summary>
    private static KanLinearOptions Bare(BasisOptions basis) => new() { Basis = basis, BaseActivation = null, EdgeScale = false, Bias = true };

    /// <summary>A family with a SiLU branch and a bias, and nothing else.</summary>
    private static KanLinearOptions Plain(BasisOptions basis) => new() { Basis = basis, BaseActivation = Activation.SiLU, EdgeScale = false, Bias = true };
}
