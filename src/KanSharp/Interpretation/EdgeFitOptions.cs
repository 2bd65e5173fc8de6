using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>How <see cref="EdgeFitter"/> fits and ranks.</summary>
public sealed record EdgeFitOptions
{
    /// <summary>The functions to try (default <see cref="FunctionCatalog.Standard"/>).</summary>
    public FunctionCatalog Catalog { get; init; } = FunctionCatalog.Standard;

    /// <summary>Least R² of a candidate that may stand for the edge, up to 1 (default 0.99).</summary>
    public double MinimumR2
    {
        get;
        init => field = value <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MinimumR2), value, "MinimumR2 is at most 1.");
    } = 0.99;

    /// <summary>Most points that are fitted, quantiles of many; at least 10 (default 2000).</summary>
    public int MaxPoints
    {
        get;
        init => field = value >= 10 ? value : throw new ArgumentOutOfRangeException(nameof(MaxPoints), value, "MaxPoints is at least 10.");
    } = 2000;

    /// <summary>
    /// Bits of the description length for one unit of complexity, at least 0 (default 5, the choice of a symbol among 32). The score is
    /// ½·<see cref="EffectivePoints"/>·log₂(1 − R² + <see cref="NoiseFloor"/>) + bits·(complexity + half the number of constants inside).
    /// </summary>
    public double BitsPerComplexity
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(BitsPerComplexity), value, "BitsPerComplexity is at least 0.");
    } = 5;

    /// <summary>
    /// Points that the curve is worth, positive (default 4). A trained edge deviates from the true function smoothly, so that neighbouring points do not count
    /// each for itself.
    /// </summary>
    public double EffectivePoints
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(EffectivePoints), value, "EffectivePoints is positive.");
    } = 4;

    /// <summary>Unexplained share of the variance that means nothing, positive (default 10⁻¹⁸): the squared relative error of the network that the edge is from.</summary>
    public double NoiseFloor
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(NoiseFloor), value, "NoiseFloor is positive.");
    } = 1e-18;

    /// <summary>Most of |a|·(range of x) that is searched for oscillating functions, positive (default 200); fewer points allow less.</summary>
    public double MaxPhase
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxPhase), value, "MaxPhase is positive.");
    } = 200;

    /// <summary>
    /// Whether functions are left out that even with a perfect fit would rank behind the best one so far by more than a unit and a half of complexity (default false:
    /// all are fitted, so that the list shows how well each does).
    /// </summary>
    public bool SkipHopeless { get; init; }
}
