namespace KanSharp.Equations.Domains;

/// <summary>How points are spread over a domain or a side. All of them lie strictly inside; corners and edges belong to no point set.</summary>
public enum PointSequence
{
    /// <summary>
    /// The centres of equal cells, (k + ½)/n of every axis. The axes get equally many cells whatever their lengths, so that units do not
    /// matter; the total is the next such number from the count asked for.
    /// </summary>
    Grid,

    /// <summary>Sobol's low-discrepancy sequence with a random digital shift; up to 16 axes, exactly the count asked for.</summary>
    Sobol,

    /// <summary>Latin hypercube: each of n equal strata of every axis holds one point, at random within it. Exactly the count asked for.</summary>
    LatinHypercube,

    /// <summary>Independent and uniform. Exactly the count asked for.</summary>
    Random,

    /// <summary>Chebyshev-Gauss points, the zeros of a Chebyshev polynomial on every axis, clustered to the ends; numbers as for a grid.</summary>
    Chebyshev,
}
