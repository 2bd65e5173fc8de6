namespace KanSharp.Interpretation.Terms;

/// <summary>A product of powers of variables, Π x_i^p_i.</summary>
internal sealed class Monomial(double[] exponents)
{
    private static readonly double[] Choices = [1, 2, -1, -2, 0.5, -0.5, 3, -3, 4, -4, 1.5, -1.5, 5, 6];

    public double[] Exponents { get; } = exponents;

    /// <summary>How unlikely it is in a formula: 0 for the constant 1, 1 for a variable; exponents of the same size are paid once.</summary>
    public double Cost { get; } = PriceOf(exponents);

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

    private static double PriceOf(double[] exponents)
    {
        double price = 0;
        for (int i = 0; i < exponents.Length; i++)
            price += PriceOf(exponents, i, exponents[i]);
        return price;
    }

    /// <summary>What the exponent of one variable adds to those before it.</summary>
    private static double PriceOf(double[] exponents, int variable, double exponent)
    {
        if (exponent == 0)
            return 0;
        double size = Math.Abs(exponent), price = exponent < 0 ? 1.5 : 1;
        for (int i = 0; i < variable; i++)
        {
            if (Math.Abs(exponents[i]) == size)
                return price;
        }

        return price + size switch
        {
            1 => 0,
            2 => 0.5,
            0.5 => 1,
            3 => 1.5,
            4 or 1.5 => 2,
            _ => 0.5 + Math.Round(size) / 2,
        };
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
        foreach (double exponent in Choices)
        {
            double cost = PriceOf(exponents, variable, exponent);
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
