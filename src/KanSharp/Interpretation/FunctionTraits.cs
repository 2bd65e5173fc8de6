using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Which of a and b in c·f(a·x + b) + d can be left to c and d, found by looking at values of f, so that functions of the user have traits as well.
/// </summary>
internal sealed record FunctionTraits(bool Constant, bool Linear, bool Sinusoid, double Frequency, bool ScaleFree, bool ShiftFree, bool Mirrored, bool Oscillating)
{
    private const int LeastPoints = 4;
    private const double Tolerance = 1e-9;

    private static readonly double[] Places =
        [0.11, 0.23, 0.37, 0.53, 0.71, 0.89, 1.31, 2.17, 3.3, -0.11, -0.23, -0.37, -0.53, -0.71, -0.89, -1.31, -2.17, -3.3];

    /// <summary>Constants inside that the fit has to find.</summary>
    public int Parameters => Linear ? 0 : (ScaleFree ? 0 : 1) + (ShiftFree ? 0 : 1);

    /// <summary>Looks at a function; one with an exponent has a trait if it has it for two exponents.</summary>
    public static FunctionTraits Of(CatalogFunction function) => function.HasExponent
        ? Both(At(function, 0.7), At(function, -2.3))
        : At(function, double.NaN);

    private static FunctionTraits Both(FunctionTraits one, FunctionTraits two) => new(
        one.Constant && two.Constant, one.Linear && two.Linear, one.Sinusoid && two.Sinusoid, one.Frequency,
        one.ScaleFree && two.ScaleFree, one.ShiftFree && two.ShiftFree, one.Mirrored && two.Mirrored, one.Oscillating || two.Oscillating);

    private static FunctionTraits At(CatalogFunction function, double exponent)
    {
        double[] slopes = [.. Places.Select(x => function.Evaluate(x, 1, exponent)).Where(double.IsFinite)];
        double[] values = [.. Places.Select(x => function.Evaluate(x, 0, exponent)).Where(double.IsFinite)];
        bool constant = values.Length > 0 && values.Max() - values.Min() <= 1e-12;
        bool linear = !constant && slopes.Length == Places.Length && slopes[0] != 0 && slopes.Max() - slopes.Min() <= Tolerance * Math.Abs(slopes[0]);
        double square = Sinusoidal(function, exponent);
        return new FunctionTraits(
            constant, linear, square > 0, Math.Sqrt(Math.Max(square, 0)),
            Affine(function, exponent, x => 2 * x) && Affine(function, exponent, x => 0.6 * x),
            Affine(function, exponent, x => x + 0.4) && Affine(function, exponent, x => x - 0.7),
            Affine(function, exponent, x => -x),
            !(square > 0) && Turns(function, exponent) >= 6);
    }

    /// <summary>Whether f(change(x)) is α·f(x) + β for all places where both are finite.</summary>
    private static bool Affine(CatalogFunction function, double exponent, Func<double, double> change)
    {
        var pairs = new List<(double U, double V)>();
        foreach (double x in Places)
        {
            double u = function.Evaluate(x, 0, exponent), v = function.Evaluate(change(x), 0, exponent);
            if (double.IsFinite(u) && double.IsFinite(v))
                pairs.Add((u, v));
        }

        if (pairs.Count < LeastPoints)
            return false;
        (double U, double V) low = pairs.MinBy(pair => pair.U), high = pairs.MaxBy(pair => pair.U);
        if (!(high.U > low.U))
            return false;
        double slope = (high.V - low.V) / (high.U - low.U);
        double size = pairs.Max(pair => Math.Abs(pair.V));
        return slope != 0 && pairs.All(pair => Math.Abs(low.V + slope * (pair.U - low.U) - pair.V) <= Tolerance * size);
    }

    /// <summary>k² if f‴ = −k²·f′ everywhere, else 0.</summary>
    private static double Sinusoidal(CatalogFunction function, double exponent)
    {
        double square = 0;
        foreach (double x in Places)
        {
            double first = function.Evaluate(x, 1, exponent), third = function.Evaluate(x, 3, exponent);
            double ratio = -third / first;
            if (!(ratio > 0) || (square > 0 && Math.Abs(ratio - square) > 1e-6 * square))
                return 0;
            square = ratio;
        }

        return square;
    }

    private static int Turns(CatalogFunction function, double exponent)
    {
        int turns = 0;
        double before = 0;
        for (double x = -30; x <= 30; x += 0.4)
        {
            double slope = function.Evaluate(x, 1, exponent);
            if (!double.IsFinite(slope) || slope == 0)
                continue;
            turns += slope * before < 0 ? 1 : 0;
            before = slope;
        }

        return turns;
    }
}
