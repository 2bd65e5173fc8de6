using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>A symbolic stand-in c·f(a·x + b) + d for the function of an edge.</summary>
/// <param name="Function">f.</param>
/// <param name="A">a; positive where the sign does not matter, ±1 where c takes the scale.</param>
/// <param name="B">b; 0 where c takes the shift, in [−π/2, π/2) for sin and cos.</param>
/// <param name="C">c.</param>
/// <param name="D">d.</param>
/// <param name="Exponent">Exponent p of f; NaN where f has none.</param>
/// <param name="R2">1 − squared error/squared deviation from the mean, weighted.</param>
/// <param name="Rmse">Root of the weighted mean squared error.</param>
/// <param name="Complexity">Complexity of f.</param>
/// <param name="Score">Description length in bits, see <see cref="EdgeFitOptions.BitsPerComplexity"/>; less is better.</param>
public sealed record EdgeCandidate(
    CatalogFunction Function, double A, double B, double C, double D, double Exponent, double R2, double Rmse, int Complexity, double Score)
{
    /// <summary>c·f(a·argument + b) + d.</summary>
    public Expression Apply(Expression argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return Expression.Number(C) * Function.Apply(Expression.Number(A) * argument + B, Exponent) + D;
    }

    /// <summary>Its value at a place.</summary>
    public double Evaluate(double x) => C * Function.Evaluate(A * x + B, 0, Exponent) + D;
}
