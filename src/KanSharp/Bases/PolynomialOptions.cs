namespace KanSharp.Bases;

/// <summary>
/// Polynomials P_0 … P_d by their three-term recurrence: ChebyKAN, JacobiKAN, OrthogPolyKANs, TaylorKAN. Made for inputs in [−1, 1]; they grow fast outside, so
/// that a layer bounds its inputs by tanh as a rule. No arccosine is taken: derivatives stay exact where tanh saturates.
/// </summary>
public sealed record PolynomialOptions : BasisOptions
{
    /// <summary>Which polynomials. Default <see cref="PolynomialKind.Chebyshev"/>.</summary>
    public PolynomialKind Kind { get; init; }

    /// <summary>Highest degree d, at least 1. Default 4.</summary>
    public int Degree { get; init; } = 4;

    /// <summary>
    /// α of Jacobi's (above −1; default 1, as JacobiKAN), Gegenbauer's (above −1/2 and not 0; OrthogPolyKANs: 3) and Laguerre's polynomials (above −1; 0 for the
    /// ordinary ones).
    /// </summary>
    public double Alpha { get; init; } = 1;

    /// <summary>β of Jacobi's polynomials, above −1. Default 1.</summary>
    public double Beta { get; init; } = 1;

    /// <inheritdoc/>
    public override string Family => Kind.ToString().ToLowerInvariant();

    /// <summary>Number of functions, d + 1.</summary>
    public override int Count => Degree + 1;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (-1, 1);

    /// <inheritdoc/>
    public override void Validate()
    {
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"Kind is {Kind}; allowed are {string.Join(", ", Enum.GetNames<PolynomialKind>())}.");
        CheckNumber(nameof(Degree), Degree, 1, 64);
        double least = Kind == PolynomialKind.Gegenbauer ? -0.5 : -1;
        bool takesAlpha = Kind is PolynomialKind.Jacobi or PolynomialKind.Gegenbauer or PolynomialKind.Laguerre;
        if (takesAlpha && (!(Alpha > least) || !double.IsFinite(Alpha) || (Kind == PolynomialKind.Gegenbauer && Alpha == 0)))
            throw new ArgumentException($"Alpha is {Alpha}; {Kind} polynomials need one above {least}{(Kind == PolynomialKind.Gegenbauer ? " that is not 0" : "")}.");
        if (Kind == PolynomialKind.Jacobi && (!(Beta > -1) || !double.IsFinite(Beta)))
            throw new ArgumentException($"Beta is {Beta}; Jacobi polynomials need one above −1.");
    }

    /// <summary>
    /// The recurrence P_{n+1} = (A·x + B)·P_n − C·P_{n−1}, n from 0 (Abramowitz and Stegun, Handbook of Mathematical Functions, table 22.7; Jacobi: DLMF 18.9.2).
    /// </summary>
    internal (double A, double B, double C)[] Steps()
    {
        var steps = new (double, double, double)[Degree];
        for (int n = 0; n < Degree; n++)
            steps[n] = Step(n);
        return steps;
    }

    private (double A, double B, double C) Step(int n) => Kind switch
    {
        PolynomialKind.Chebyshev => n == 0 ? (1, 0, 0) : (2, 0, 1),
        PolynomialKind.Chebyshev2 => (2, 0, n == 0 ? 0 : 1),
        PolynomialKind.Legendre => ((2 * n + 1) / (n + 1.0), 0, n / (n + 1.0)),
        PolynomialKind.Gegenbauer => (2 * (n + Alpha) / (n + 1), 0, n == 0 ? 0 : (n + 2 * Alpha - 1) / (n + 1)),
        PolynomialKind.Hermite => (2, 0, 2 * n),
        PolynomialKind.Laguerre => (-1.0 / (n + 1), (2 * n + 1 + Alpha) / (n + 1), n == 0 ? 0 : (n + Alpha) / (n + 1)),
        PolynomialKind.Jacobi => Jacobi(n),
        _ => (1, 0, 0),
    };

    private (double A, double B, double C) Jacobi(int n)
    {
        double sum = Alpha + Beta;
        if (n == 0)
            return ((sum + 2) / 2, (Alpha - Beta) / 2, 0);
        double divisor = 2 * (n + 1) * (n + 1 + sum);
        double middle = 2 * n + sum;
        return (
            (middle + 1) * (middle + 2) / divisor,
            (middle + 1) * (Alpha * Alpha - Beta * Beta) / (divisor * middle),
            2 * (n + Alpha) * (n + Beta) * (middle + 2) / (divisor * middle));
    }
}
