using System.Globalization;

namespace KanSharp.Interpretation.Terms;

/// <summary>A product of powers of variables, Π x_i^p_i.</summary>
internal sealed class Monomial(double[] exponents)
{
    private static readonly (double Exponent, double Cost)[] Prices =
    [
        (1, 1), (2, 1.5), (-1, 1.5), (-2, 2), (0.5, 2), (-0.5, 2.5), (3, 2.5), (-3, 3), (4, 3), (1.5, 3), (-4, 3.5), (-1.5, 3.5), (5, 4), (6, 4),
    ];

    public double[] Exponents { get; } = exponents;

    /// <summary>How unlikely it is in a formula: 0 for the constant 1, 1 for a variable.</summary>
    public double Cost { get; } = exponents.Sum(PriceOf);

    public bool IsOne => Array.TrueForAll(Exponents, exponent => exponent == 0);

    /// <summary>All monomials up to a cost, cheapest first; at most about <paramref name="limit"/>.</summary>
    public static List<Monomial> Enumerate(int variables, double highestCost, int limit, Func<int, double, bool> allowed)
    {
        for (double cost = highestCost; ; cost -= 0.5)
        {
            var found = new List<Monomial>();
            if (Extend(new double[variables], 0, cost, 0, limit, allowed, found) || cost <= 1)
                return [.. found.OrderBy(monomial => monomial.Cost)];
        }
    }

    /// <summary>target = the monomial's values.</summary>
    public void Evaluate(double[][] columns, Span<double> target)
    {
        target.Fill(1);
        for (int i = 0; i < Exponents.Length; i++)
        {
            if (Exponents[i] != 0)
                Powers.Multiply(columns[i], Exponents[i], target);
        }
    }

    public Monomial Times(Monomial other)
    {
        var sum = new double[Exponents.Length];
        for (int i = 0; i < sum.Length; i++)
            sum[i] = Exponents[i] + other.Exponents[i];
        return new Monomial(sum);
    }

    public string Text(IReadOnlyList<string> names) => string.Join("*", Exponents
        .Select((exponent, i) => (exponent, i)).Where(pair => pair.exponent != 0)
        .Select(pair => pair.exponent == 1 ? names[pair.i] : string.Create(CultureInfo.InvariantCulture, $"{names[pair.i]}^({pair.exponent:R})")));

    private static double PriceOf(double exponent)
    {
        if (exponent == 0)
            return 0;
        foreach ((double listed, double cost) in Prices)
        {
            if (listed == exponent)
                return cost;
        }

        return 2 + Math.Abs(exponent);
    }

    private static bool Extend(double[] exponents, int variable, double budget, int used, int limit, Func<int, double, bool> allowed, List<Monomial> found)
    {
        if (found.Count > limit)
            return false;
        if (variable == exponents.Length)
        {
            found.Add(new Monomial([.. exponents]));
            return true;
        }

        if (!Extend(exponents, variable + 1, budget, used, limit, allowed, found))
            return false;
        if (used == 4)
            return true;
        foreach ((double exponent, double cost) in Prices)
        {
            if (cost > budget || !allowed(variable, exponent))
                continue;
            exponents[variable] = exponent;
            bool complete = Extend(exponents, variable + 1, budget - cost, used + 1, limit, allowed, found);
            exponents[variable] = 0;
            if (!complete)
                return false;
        }

        return true;
    }
}
