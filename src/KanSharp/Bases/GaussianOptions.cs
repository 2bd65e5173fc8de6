namespace KanSharp.Bases;

/// <summary>
/// Gaussians φ_n(x) = exp(−((x − g_n)/h)²) with centres g_n evenly from <see cref="Low"/> to <see cref="High"/> (FastKAN: Li, Kolmogorov-Arnold Networks are
/// Radial Basis Function Networks, arXiv 2405.06721). Far outside all functions vanish and the base branch alone is left.
/// </summary>
public sealed record GaussianOptions : BasisOptions
{
    /// <summary>Number of centres N, at least 2. Default 8. (FastKAN: <c>num_grids</c>.)</summary>
    public int Centers { get; init; } = 8;

    /// <summary>First centre. Default −2.</summary>
    public double Low { get; init; } = -2;

    /// <summary>Last centre. Default 2.</summary>
    public double High { get; init; } = 2;

    /// <summary>Width h, positive; null (default) for the distance of the centres.</summary>
    public double? Width { get; init; }

    /// <inheritdoc/>
    public override string Family => "gaussian";

    /// <inheritdoc/>
    public override int Count => Centers;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (Low, High);

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckNumber(nameof(Centers), Centers, 2);
        CheckRange(Low, High);
        if (Width is double width)
            CheckPositive(nameof(Width), width);
    }
}
