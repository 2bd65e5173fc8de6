using KanSharp.Numerics;

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

    public static TermBank Create(Rows rows, IReadOnlyList<Monomial> monomials, FactorLibrary library, int limit, int paired, CancellationToken cancellation)
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

        // Products of two functions.
        var lone = powered.Where(entry => entry.Factor.Function is not FactorFunction.Identity).Take(paired).ToArray();
        for (int a = 0; a < lone.Length && !cancellation.IsCancellationRequested; a++)
        {
            for (int b = a + 1; b < lone.Length; b++)
            {
                if (lone[a].Factor == lone[b].Factor)
                    continue;
                column.AsSpan().Fill(1);
                Powers.Multiply(lone[a].Base, lone[a].Exponent, column);
                Powers.Multiply(lone[b].Base, lone[b].Exponent, column);
                if (ColumnKey.Of(column, withScale: false) is { } key && seen.Add(key))
                    found.Add((new Term(monomials[0], (lone[a].Factor, lone[a].Exponent), (lone[b].Factor, lone[b].Exponent)), [.. column]));
            }
        }

        (Term Term, double[] Values)[] ordered = [(Term.One(rows.Variables), one), .. found.OrderBy(entry => entry.Term.Cost)];
        var all = new double[ordered.Length * n];
        for (int t = 0; t < ordered.Length; t++)
            ordered[t].Values.CopyTo(all, t * n);
        return new TermBank([.. ordered.Select(entry => entry.Term)], all, n);
    }

    /// <summary>The cheapest terms of this bank, and factors with scanned constants alone and times the cheapest monomials.</summary>
    public TermBank WithScan(Rows rows, IReadOnlyList<Monomial> monomials, FactorLibrary scan, int cheapest)
    {
        int n = rows.Count;
        var found = Enumerable.Range(0, Math.Min(cheapest, Count)).Select(term => (Term: Terms[term], Values: Column(term).ToArray())).ToList();
        var column = new double[n];
        foreach (Monomial monomial in monomials.Where(monomial => monomial.Cost <= 1.5))
        {
            for (int f = 0; f < scan.Factors.Count; f++)
            {
                monomial.Evaluate(rows.Columns, column);
                VectorMath.Multiply(column, scan.Values[f], column, SimdWidths.Best);
                if (ColumnKey.Of(column, withScale: false) is not null)
                    found.Add((new Term(monomial, (scan.Factors[f], 1)), [.. column]));
            }
        }

        return new TermBank([.. found.Select(entry => entry.Term)], [.. found.SelectMany(entry => entry.Values)], n);
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
