using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>Finds the variables that the target depends on.</summary>
internal static class VariableScreen
{
    /// <summary>Indices of the variables to search over, ascending; at most <paramref name="limit"/>, at least one unless all are constant.</summary>
    public static int[] Select(Rows rows, int limit, Executor executor)
    {
        int[] varying = [.. Enumerable.Range(0, rows.Variables).Where(v => Varies(rows.Columns[v]))];
        int[] distinct = [.. varying.Where((v, place) => !varying.Take(place).Any(u => rows.Columns[u].AsSpan().SequenceEqual(rows.Columns[v])))];
        if (distinct.Length > limit)
        {
            double[] scores = [.. distinct.Select(v => CorrelationRatio.OfMeanOrSpread(rows.Columns[v], rows.Target))];
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
}
