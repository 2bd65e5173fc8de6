namespace KanSharp.Bases;

/// <summary>
/// Bells sech²((x − g_n)·v) = 1 − tanh²((x − g_n)·v) with centres g_n and one inverse width v, both trained (FasterKAN, "reflectional switch activation", as its
/// documentation has it; the public code leaves v out of the forward pass and has other gradients). Far outside all functions vanish.
/// </summary>
public sealed record Sech2Options : BasisOptions
{
    /// <summary>Number of centres N, at least 2. Default 8. (FasterKAN: <c>num_grids</c>.)</summary>
    public int Centers { get; init; } = 8;

    /// <summary>First centre at the start. Default −2, as for Gaussians: the range of a normalised input. (FasterKAN: −1.2.)</summary>
    public double Low { get; init; } = -2;

    /// <summary>Last centre at the start. Default 2. (FasterKAN: 1.2 or 0.2.)</summary>
    public double High { get; init; } = 2;

    /// <summary>v at the start, positive; null (default) for 1 over the distance of the centres.</summary>
    public double? InverseWidth { get; init; }

    /// <summary>Whether the centres are trained. Default true. (FasterKAN: <c>train_grid</c>.)</summary>
    public bool TrainCenters { get; init; } = true;

    /// <summary>Whether the width is trained. Default true. (FasterKAN: <c>train_inv_denominator</c>.)</summary>
    public bool TrainWidth { get; init; } = true;

    /// <inheritdoc/>
    public override string Family => "sech2";

    /// <inheritdoc/>
    public override int Count => Centers;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (Low, High);

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckNumber(nameof(Centers), Centers, 2);
        CheckRange(Low, High);
        if (InverseWidth is double inverse)
            CheckPositive(nameof(InverseWidth), inverse);
    }
}
