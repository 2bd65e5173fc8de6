namespace KanSharp.Bases;

/// <summary>
/// Sines sin(ω_k·x + φ_ik) with trained frequencies ω_k, shared by all features, and fixed phases φ_ik of each feature (SineKAN: Reinhardt et al., arXiv 2407.04149).
/// </summary>
public sealed record SineOptions : BasisOptions
{
    /// <summary>Number of frequencies N, at least 1. Default 8. (SineKAN: <c>grid_size</c>.)</summary>
    public int Frequencies { get; init; } = 8;

    /// <summary>Whether this is the first layer of a network, whose frequencies start at k instead of k/(N + 1) and whose amplitudes are normal instead of uniform. Default false.</summary>
    public bool IsFirst { get; init; }

    /// <inheritdoc/>
    public override string Family => "sine";

    /// <inheritdoc/>
    public override int Count => Frequencies;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (-Math.PI, Math.PI);

    /// <inheritdoc/>
    public override void Validate() => CheckNumber(nameof(Frequencies), Frequencies, 1);

    /// <summary>Start of ω_k, k from 1.</summary>
    internal double StartFrequency(int k) => IsFirst ? k : k / (Frequencies + 1.0);

    /// <summary>
    /// Phase of frequency k (from 1) and a feature: k/(N + 1) plus the feature's place between 0 and π, scaled by the ratio that the publication fits so that sums of
    /// sines do not depend on N.
    /// </summary>
    internal double Phase(int k, int feature, int features)
    {
        double ratio = 1;
        for (int g = 1; g < Frequencies; g++)
            ratio *= 0.9724108 * Math.Pow(g, -0.9884402) + 0.9994496;
        double place = features == 1 ? 0 : Math.PI * feature / (features - 1);
        return (k / (Frequencies + 1.0) + place) * ratio;
    }
}
