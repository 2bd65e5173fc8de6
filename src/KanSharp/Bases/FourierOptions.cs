namespace KanSharp.Bases;

/// <summary>
/// Waves cos(k·ω·x), sin(k·ω·x) for k = 1 … G (FourierKAN; Xu et al., FourierKAN-GCF, arXiv 2406.01034). The functions repeat with period 2π/ω everywhere: inputs
/// should stay within one period. There is no constant; a layer adds a bias.
/// </summary>
public sealed record FourierOptions : BasisOptions
{
    /// <summary>Number of frequencies G, at least 1. Default 5. (FourierKAN: <c>gridsize</c>.)</summary>
    public int Frequencies { get; init; } = 5;

    /// <summary>Lowest angular frequency ω, positive. Default 1, period 2π.</summary>
    public double Frequency { get; init; } = 1;

    /// <summary>Whether coefficients start smaller for higher frequencies, as 1/k² (FourierKAN: <c>smooth_initialization</c>): else a fresh function is rough. Default true.</summary>
    public bool DampedStart { get; init; } = true;

    /// <inheritdoc/>
    public override string Family => "fourier";

    /// <summary>Number of functions, 2G: the cosines first.</summary>
    public override int Count => 2 * Frequencies;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (-Math.PI / Frequency, Math.PI / Frequency);

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckNumber(nameof(Frequencies), Frequencies, 1);
        CheckPositive(nameof(Frequency), Frequency);
    }
}
