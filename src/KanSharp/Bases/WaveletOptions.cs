namespace KanSharp.Bases;

/// <summary>
/// A wavelet on every edge, φ_io(x) = C_io·ψ((x − τ_io)/s_io), with a scale s and a translation τ of its own (Wav-KAN: Bozorgasl and Chen, arXiv 2405.12832). Far
/// outside all functions vanish.
/// </summary>
public sealed record WaveletOptions : BasisOptions
{
    /// <summary>Smallest |s|: a scale that training brings nearer to 0 counts as this with its sign.</summary>
    internal const double LeastScale = 1e-3;

    /// <summary>The mother wavelet. Default <see cref="WaveletKind.MexicanHat"/>.</summary>
    public WaveletKind Kind { get; init; }

    /// <summary>
    /// Whether ψ is what the public code has under that name, for imports. Mexican hat: the sign turned; derivative of Gaussian: without the factor √2/π^¼; Morlet:
    /// cos 5u·e^(−u²/2), neither of mean 0 nor of norm 1; Meyer: the taper of the frequency domain used in space, no wavelet; Shannon: sin u/u times a Hamming weight
    /// of the input's number. Default false.
    /// </summary>
    public bool PublishedForm { get; init; }

    /// <inheritdoc/>
    public override string Family => "wavelet";

    /// <summary>1: a wavelet and its weight.</summary>
    public override int Count => 1;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (-4, 4);

    /// <summary>Whether inputs are weighted by a window over their numbers.</summary>
    internal bool HasWindow => PublishedForm && Kind == WaveletKind.Shannon;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"Kind is {Kind}; allowed are {string.Join(", ", Enum.GetNames<WaveletKind>())}.");
    }
}
