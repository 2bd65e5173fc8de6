namespace KanSharp.Bases;

/// <summary>
/// One rational function on all edges of an input, F(x) = Σ_{n=0..5} a_n·xⁿ / (1 + Σ_{n=1..4} |b_n|·|x|ⁿ), whose numerator is shared by all inputs and whose denominator
/// by those of a group: φ_io = C_io·F_g(i) (KAT, GR-KAN: Yang and Wang, Kolmogorov-Arnold Transformer, arXiv 2409.10594; the denominator as in its kernels). It has no
/// poles. At 0 its derivatives jump where the |x|ⁿ do; the values there are those with sign(0) = 0.
/// </summary>
public sealed record RationalOptions : BasisOptions
{
    /// <summary>Number of coefficients of the numerator.</summary>
    internal const int NumeratorLength = 6;

    /// <summary>Number of coefficients of the denominator.</summary>
    internal const int DenominatorLength = 4;

    /// <summary>Groups of consecutive inputs, at least 1; a layer with fewer inputs has one for each. Default 8.</summary>
    public int Groups { get; init; } = 8;

    /// <summary>The function at the start. Default <see cref="RationalStart.Swish"/>.</summary>
    public RationalStart Start { get; init; }

    /// <inheritdoc/>
    public override string Family => "rational";

    /// <summary>1: a function and its weight.</summary>
    public override int Count => 1;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (-3, 3);

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckNumber(nameof(Groups), Groups, 1);
        if (!Enum.IsDefined(Start))
            throw new ArgumentException($"Start is {Start}; allowed are {string.Join(", ", Enum.GetNames<RationalStart>())}.");
    }

    /// <summary>Coefficients at the start, from a fit with the least squares of 3000 points of [−3, 3].</summary>
    internal (double[] Numerator, double[] Denominator) Coefficients() => Start switch
    {
        RationalStart.Swish => (
            [3.05992373e-07, 0.500000779, 0.249997825, 0.0532660544, 0.00580292697, 0.000275181421],
            [4.06595819e-06, 0.106528585, 1.24848503e-06, 0.000550206722]),
        RationalStart.Gelu => (
            [-0.00117147061, 0.504343486, 0.412226455, 0.12284272, 0.0197065726, 0.00206913074],
            [0.0419789268, 0.19110001, 0.0261222275, 1.49817331e-09]),
        _ => ([0, 1, 0, 0, 0, 0], [0, 0, 0, 0]),
    };

    /// <summary>Mean of F² for a normal input: 1 over the gain that keeps the variance.</summary>
    internal double MeanSquare() => Start switch
    {
        RationalStart.Swish => 0.35577523,
        RationalStart.Gelu => 0.42523276,
        _ => 1,
    };
}
