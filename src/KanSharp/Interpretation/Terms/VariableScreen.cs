using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>Finds the variables that the target depends on.</summary>
internal static class VariableScreen
{
    private const int Bins = 12;

    /// <summary>Indices of the variables to search over, ascending; at most <paramref name="limit"/>, at least one unless all are constant.</summary>
    public static int[] Select(Rows rows, int limit, Executor executor)
    {
        int[] varying = [.. Enumerable.Range(0, rows.Variables).Where(v => Varies(rows.Columns[v]))];
        int[] distinct = [.. varying.Where((v, place) => !varying.Take(place).Any(u => rows.Columns[u].AsSpan().SequenceEqual(rows.Columns[v])))];
        if (distinct.Length > limit)
        {
            double[] scores = [.. distinct.Select(v => Dependence(rows.Columns[v], rows.Target))];
            distinct = [.. distinct.Zip(scores).OrderByDescending(pair => pair.Second).Take(limit).Select(pair => pair.First).Order()];
        }

        return Relevant(rows, distinct, executor);
    }

    /// <summary>Takes out, one after another, the variables without which a polynomial predicts held-out rows as well.</summary>
    private static int[] Relevant(Rows rows, int[] variables, Executor executor)
    {
        int degree = Math.Min(6, ChebyshevBasis.Degree(variables.Length, Math.Min(250, rows.Count / 12)));
        if (degree < 2 || variables.Length < 2)
            return variables;
        double error = Error(rows, variables, degree, executor), spread = Math.Sqrt(Statistics.Variance(rows.Target));
        if (error > 0.5 * spread)
            return variables;
        foreach (int candidate in variables)
        {
            int[] without = [.. variables.Where(v => v != candidate)];
            if (without.Length == 0 || Error(rows, without, degree, executor) > error * 1.002)
                continue;
            variables = without;
            error = Error(rows, variables, degree, executor);
        }

        return variables;
    }

    private static double Error(Rows rows, int[] variables, int degree, Executor executor)
    {
        var part = new Rows([.. variables.Select(v => rows.Columns[v])], rows.Target);
        return Smoother.HoldOut(new ChebyshevBasis(part, logarithmic: false), rows.Target, degree, executor);
    }

    private static bool Varies(double[] column)
    {
        (double low, double high) = Statistics.Range(column);
        return high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high));
    }

    /// <summary>The larger of the correlation ratios of the target and of its squared deviation, over bins of equal count.</summary>
    private static double Dependence(double[] column, double[] target)
    {
        int n = target.Length;
        double mean = target.Average();
        double[] squared = [.. target.Select(value => (value - mean) * (value - mean))];
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => column[i])];
        return Math.Max(Ratio(order, target), Ratio(order, squared));
    }

    private static double Ratio(int[] order, double[] values)
    {
        int n = values.Length, bins = Math.Min(Bins, n);
        double mean = values.Average(), between = 0, total = values.Sum(value => (value - mean) * (value - mean));
        for (int bin = 0; bin < bins; bin++)
        {
            int from = bin * n / bins, to = (bin + 1) * n / bins;
            double sum = 0;
            for (int i = from; i < to; i++)
                sum += values[order[i]] - mean;
            between += sum * sum / (to - from);
        }

        return total > 0 ? between / total : 0;
    }
}
