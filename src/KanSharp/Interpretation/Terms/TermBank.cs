namespace KanSharp.Interpretation.Terms;

/// <summary>Terms, cheapest first, with their values on the search rows [terms × rows]; no two are multiples of each other. The first is 1.</summary>
internal sealed class TermBank
{
    private static readonly double[] SumExponents = [1, -1, 2, 0.5, -0.5, -2, 1.5, -1.5];
    private static readonly double[] WaveExponents = [1, 2, -1, -2];
    private static readonly double[] SingleExponents = [1, -1];

    private TermBank(Term[] terms, double[] values, int rows)
    {
        Terms = terms;
        Values = values;
        Rows = rows;
        Costs = [.. terms.Select(term => term.Cost)];
    }

    public Term[] Terms { get; }

    public double[] Costs { get; }

    public int Count => Terms.Length;

    public int Rows { get; }

    public double[] Values { get; }

    public ReadOnlySpan<double> Column(int term) => Values.AsSpan(term * Rows, Rows);

    public static TermBank Create(Rows rows, IReadOnlyList<Monomial> monomials, FactorLibrary library, int limit, CancellationToken cancellation)
    {
        int n = rows.Count;
        var powered = new List<(Factor Factor, double Exponent, double[] Base, double Cost)>();
        for (int f = 0; f < library.Factors.Count; f++)
        {
            Factor factor = library.Factors[f];
            foreach (double exponent in ExponentsOf(factor.Function))
                powered.Add((factor, exponent, library.Values[f], factor.Cost + Term.ExponentCost(exponent)));
        }

        powered = [.. powered.OrderBy(entry => entry.Cost)];
        double highest = HighestCost(monomials, [.. powered.Select(entry => entry.Cost)], limit);
        var found = new List<(Term Term, double[] Values)>();
        var seen = new HashSet<ulong>();
        var one = new double[n];
        one.AsSpan().Fill(1);
        var column = new double[n];
        var monomialValues = new double[monomials.Count][];
        for (int m = 0; m < monomials.Count; m++)
        {
            monomials[m].Evaluate(rows.Columns, column);
            monomialValues[m] = [.. column];
            if (ColumnKey.Of(column, withScale: false) is { } key && seen.Add(key))
                found.Add((new Term(monomials[m]), monomialValues[m]));
        }

        foreach ((Factor factor, double exponent, double[] values, double cost) in powered)
        {
            if (cancellation.IsCancellationRequested)
                break;
            var power = new double[n];
            power.AsSpan().Fill(1);
            Powers.Multiply(values, exponent, power);
            for (int m = 0; m < monomials.Count && (m == 0 || monomials[m].Cost + cost <= highest); m++)
            {
                double[] monomial = monomialValues[m];
                for (int i = 0; i < n; i++)
                    column[i] = power[i] * monomial[i];
                if (ColumnKey.Of(column, withScale: false) is { } key && seen.Add(key))
                    found.Add((new Term(monomials[m], (factor, exponent)), [.. column]));
            }
        }

        (Term Term, double[] Values)[] ordered = [(Term.One(rows.Variables), one), .. found.OrderBy(entry => entry.Term.Cost)];
        var all = new double[ordered.Length * n];
        for (int t = 0; t < ordered.Length; t++)
            ordered[t].Values.CopyTo(all, t * n);
        return new TermBank([.. ordered.Select(entry => entry.Term)], all, n);
    }

    public static ReadOnlySpan<double> ExponentsOf(FactorFunction function) => function switch
    {
        FactorFunction.Identity => SumExponents,
        FactorFunction.Sin or FactorFunction.Cos => WaveExponents,
        FactorFunction.Exp => SingleExponents.AsSpan(0, 1),
        _ => SingleExponents,
    };

    /// <summary>The highest total cost for which monomials × factors stay within the limit.</summary>
    private static double HighestCost(IReadOnlyList<Monomial> monomials, double[] factorCosts, int limit)
    {
        double highest = 0;
        for (double cost = 1; cost <= 20; cost += 0.5)
        {
            long count = 0;
            foreach (Monomial monomial in monomials)
            {
                int position = Array.BinarySearch(factorCosts, cost - monomial.Cost + 0.01);
                count += position < 0 ? ~position : position;
            }

            if (count > limit)
                break;
            highest = cost;
        }

        return highest;
    }
}
