namespace KanSharp.Bases;

/// <summary>
/// Gram polynomials with a learnt recurrence: p_0 = 1, p_1 = x, p_n = x·p_{n−1} − β_n·p_{n−2} (GRAMKAN; KAGN of torch-conv-kan, Drokin, arXiv 2407.01092). The β_n are
/// trained, shared by all features, and start at (n−1)²/(4(n−1)² − 1), where the polynomials are Legendre's, monic. (The public code multiplies by 4(n−1)² − 1 where
/// the Gram coefficient divides, and learns a factor; a checkpoint's β_n is that factor times its constant.) For inputs in [−1, 1].
/// </summary>
public sealed record GramOptions : BasisOptions
{
    /// <summary>Highest degree d, at least 1. Default 3.</summary>
    public int Degree { get; init; } = 3;

    /// <inheritdoc/>
    public override string Family => "gram";

    /// <summary>Number of functions, d + 1.</summary>
    public override int Count => Degree + 1;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (-1, 1);

    /// <inheritdoc/>
    public override void Validate() => CheckNumber(nameof(Degree), Degree, 1, 32);

    /// <summary>β_n of the monic Legendre polynomials.</summary>
    internal static double Classical(int n) => (n - 1.0) * (n - 1) / (4.0 * (n - 1) * (n - 1) - 1);
}
