namespace KanSharp.Bases;

/// <summary>Families of polynomials with a three-term recurrence.</summary>
public enum PolynomialKind
{
    /// <summary>Chebyshev polynomials of the first kind T_n.</summary>
    Chebyshev,

    /// <summary>Chebyshev polynomials of the second kind U_n.</summary>
    Chebyshev2,

    /// <summary>Legendre polynomials P_n.</summary>
    Legendre,

    /// <summary>Jacobi polynomials P_n^(α, β).</summary>
    Jacobi,

    /// <summary>Gegenbauer (ultraspherical) polynomials C_n^(α).</summary>
    Gegenbauer,

    /// <summary>Hermite polynomials H_n of the physicists.</summary>
    Hermite,

    /// <summary>Generalised Laguerre polynomials L_n^(α).</summary>
    Laguerre,

    /// <summary>Powers x^n (Taylor).</summary>
    Monomial,
}
