using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>The factors of a search, cheapest first, with their values on the search rows; factors that are not finite or constant there are left out.</summary>
internal sealed class FactorLibrary
{
    private static readonly (double Value, double Cost)[] Offsets =
        [(1, 0), (-1, 0), (2, 1), (-2, 1), (0.5, 1), (-0.5, 1), (3, 1.5), (-3, 1.5), (1.0 / 3, 1.5), (-1.0 / 3, 1.5), (4, 1.5), (-4, 1.5), (0.25, 1.5), (-0.25, 1.5)];

    private static readonly (double Value, double Cost)[] Frequencies =
        [(1, 0), (2, 0.5), (0.5, 0.5), (Math.PI, 1), (2 * Math.PI, 1), (Math.PI / 2, 1.5), (4 * Math.PI, 1.5), (3, 1), (4, 1), (1.0 / 3, 1.5), (5, 1.5), (0.25, 1.5)];

    private static readonly (double Value, double Cost)[] Rates = [(1, 0), (-1, 0), (0.5, 0.5), (-0.5, 0.5), (2, 0.5), (-2, 0.5)];

    private const int ScannedMonomials = 24;
    private const int ScannedFrequencies = 60;

    private static readonly double[] ScannedRates = [0.3, 0.6, 0.95, 1.5, 2.3, 3.5, 5.5, 9];

    private readonly List<Factor> _factors = [];
    private readonly List<double[]> _values = [];
    private readonly Rows _rows;
    private readonly HashSet<ulong> _seen = [];
    private readonly double[] _work;

    private FactorLibrary(Rows rows)
    {
        _rows = rows;
        _work = new double[rows.Count];
    }

    public IReadOnlyList<Factor> Factors => _factors;

    public IReadOnlyList<double[]> Values => _values;

    public static FactorLibrary Create(Rows rows, IReadOnlyList<Monomial> monomials, int limit)
    {
        var library = new FactorLibrary(rows);
        foreach (Factor factor in Candidates(rows.Variables, monomials).OrderBy(factor => factor.Cost))
        {
            if (library._factors.Count >= limit)
                break;
            library.TryAdd(factor);
        }

        return library;
    }

    /// <summary>Functions of the cheapest monomials with a constant inside that runs over a grid; the fit finds its value later.</summary>
    public static FactorLibrary CreateScan(Rows rows, IReadOnlyList<Monomial> monomials)
    {
        var library = new FactorLibrary(rows);
        var values = new double[rows.Count];
        var one = new Monomial(new double[rows.Variables]);
        foreach (Monomial monomial in monomials.Where(monomial => !monomial.IsOne && monomial.Cost <= 3).Take(ScannedMonomials))
        {
            monomial.Evaluate(rows.Columns, values);
            (double low, double high) = Statistics.Range<double>(values);
            double width = high - low, size = Math.Max(Math.Abs(low), Math.Abs(high)), cost = 2.5 + monomial.Cost;
            if (!(width > 0) || !double.IsFinite(width))
                continue;
            for (int step = 1; step <= ScannedFrequencies; step++)
            {
                library.TryAdd(new Factor(FactorFunction.Sin, [(0.8 * step / width, monomial)], cost));
                library.TryAdd(new Factor(FactorFunction.Cos, [(0.8 * step / width, monomial)], cost));
                library.TryAdd(new Factor(FactorFunction.BesselJ0, [(0.8 * step / width, monomial)], cost + 1));
            }

            foreach (double rate in ScannedRates)
            {
                library.TryAdd(new Factor(FactorFunction.Exp, [(rate / width, monomial)], cost));
                library.TryAdd(new Factor(FactorFunction.Exp, [(-rate / width, monomial)], cost));
                library.TryAdd(new Factor(FactorFunction.Tanh, [(rate / size, monomial)], cost + 0.5));
                library.TryAdd(new Factor(FactorFunction.Identity, [(1, one), (rate / size, monomial)], cost));
                library.TryAdd(new Factor(FactorFunction.Identity, [(1, one), (-rate / size, monomial)], cost));
                library.TryAdd(new Factor(FactorFunction.Log, [(1, one), (rate / size, monomial)], cost + 1));
            }
        }

        return library;
    }

    private static IEnumerable<Factor> Candidates(int variables, IReadOnlyList<Monomial> monomials)
    {
        var one = new Monomial(new double[variables]);
        Monomial[] inner = [.. monomials.Where(monomial => !monomial.IsOne && monomial.Cost <= 6).Take(400)];
        foreach (Monomial monomial in inner)
        {
            foreach ((double value, double cost) in Offsets)
                yield return new Factor(FactorFunction.Identity, [(1, one), (value, monomial)], 1 + cost + monomial.Cost);
            foreach ((double value, double cost) in Frequencies)
            {
                yield return new Factor(FactorFunction.Sin, [(value, monomial)], 1 + cost + monomial.Cost);
                yield return new Factor(FactorFunction.Cos, [(value, monomial)], 1 + cost + monomial.Cost);
            }

            foreach ((double value, double cost) in Rates)
            {
                yield return new Factor(FactorFunction.Exp, [(value, monomial)], 1 + cost + monomial.Cost);
                if (value > 0)
                {
                    yield return new Factor(FactorFunction.Tanh, [(value, monomial)], 1.5 + cost + monomial.Cost);
                    yield return new Factor(FactorFunction.ExpMinusOne, [(value, monomial)], 2 + cost + monomial.Cost);
                    yield return new Factor(FactorFunction.ExpPlusOne, [(value, monomial)], 2 + cost + monomial.Cost);
                }
            }

            yield return new Factor(FactorFunction.Log, [(1, monomial)], 1 + monomial.Cost);
            yield return new Factor(FactorFunction.Log, [(1, one), (1, monomial)], 2 + monomial.Cost);
            yield return new Factor(FactorFunction.Log, [(1, one), (-1, monomial)], 2 + monomial.Cost);
            yield return new Factor(FactorFunction.ArcSin, [(1, monomial)], 2 + monomial.Cost);
            yield return new Factor(FactorFunction.ArcTan, [(1, monomial)], 2 + monomial.Cost);
        }

        Monomial[] summands = [.. inner.Where(monomial => monomial.Cost <= 2).Take(60)];
        for (int i = 0; i < summands.Length; i++)
        {
            for (int j = i + 1; j < summands.Length; j++)
            {
                foreach (double sign in (double[])[1, -1])
                {
                    (double, Monomial)[] sum = [(1, summands[i]), (sign, summands[j])];
                    double cost = summands[i].Cost + summands[j].Cost;
                    yield return new Factor(FactorFunction.Identity, sum, 0.5 + cost);
                    if (cost > 3)
                        continue;
                    yield return new Factor(FactorFunction.Sin, sum, 1.5 + cost);
                    yield return new Factor(FactorFunction.Cos, sum, 1.5 + cost);
                    yield return new Factor(FactorFunction.Exp, sum, 2 + cost);
                    yield return new Factor(FactorFunction.Log, sum, 2 + cost);
                }
            }
        }
    }

    private void TryAdd(Factor factor)
    {
        factor.Evaluate(_rows.Columns, _work);
        if (factor.Function == FactorFunction.Identity && Array.TrueForAll(_work, value => value < 0))
        {
            // Fractional powers need the positive one of f and −f.
            factor = factor.Negated();
            factor.Evaluate(_rows.Columns, _work);
        }

        if (ColumnKey.Of(_work, withScale: true) is { } key && _seen.Add(key))
        {
            _factors.Add(factor);
            _values.Add([.. _work]);
        }
    }
}
