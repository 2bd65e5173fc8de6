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

    /// <summary>All families, splines first.</summary>
    public static IReadOnlyList<KanFamily> All { get; } =
    [
        new("b-spline", "cubic B-splines with a SiLU branch (KAN, efficient-kan)", Intervals, 5, size => new BSplineOptions { Intervals = size }),
        new("hat", "piecewise linear functions (B-splines of degree 1)", Intervals, 8, size => new KanLinearOptions { Basis = new BSplineOptions { Intervals = size, Degree = 1 } }),
        new("gaussian", "Gaussian bells with a SiLU branch", "centres", 8, size => Plain(new GaussianOptions { Centers = size })),
        new("fastkan", "FastKAN as published: Gaussians of layer-normalised rows, SiLU branch of the rows themselves", "centres", 8, size => new KanLinearOptions
        {
            Basis = new GaussianOptions { Centers = size },
            Normalization = InputNormalization.LayerNorm,
            BaseOnRawInput = true,
            EdgeScale = false,
            Bias = true,
        }),
    ];

    /// <summary>Names of all families.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(family => family.Name)];

    /// <summary>The family of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static KanFamily Named(string name) => All.FirstOrDefault(family => family.Name == name)
        ?? throw new ArgumentException($"There is no family '{name}'; known are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>A family with a SiLU branch and a bias, and nothing else.</summary>
    private static KanLinearOptions Plain(BasisOptions basis) => new() { Basis = basis, BaseActivation = Activation.SiLU, EdgeScale = false, Bias = true };
}
