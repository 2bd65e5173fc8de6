using KanSharp.Numerics;

namespace KanSharp.Symbolics;

/// <summary>
/// A numeric test whether two expressions are the same function: both are evaluated on points of a box. Isolated points where one of them has no
/// value, or where rounding is amplified, do not decide.
/// </summary>
public static class ExpressionEquivalence
{
    /// <summary>Share of the points that may disagree or have a value in one expression only.</summary>
    private const double Tolerated = 0.01;

    private const int FewestCompared = 10;

    /// <summary>Compares on points drawn uniformly from ranges.</summary>
    /// <param name="a">One expression.</param>
    /// <param name="b">The other.</param>
    /// <param name="ranges">A range for each variable of both.</param>
    /// <param name="options">Tolerance, number of points, seed; the defaults if null.</param>
    /// <exception cref="ArgumentException">A variable has no range.</exception>
    public static EquivalenceResult Test(
        Expression a, Expression b, IReadOnlyDictionary<string, (double Lower, double Upper)> ranges, EquivalenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(ranges);
        options ??= EquivalenceOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Points, FewestCompared, nameof(options));
        string[] names = [.. a.Variables.Union(b.Variables)];
        if (names.FirstOrDefault(n => !ranges.ContainsKey(n)) is string missing)
            throw new ArgumentException($"There is no range for the variable '{missing}'.", nameof(ranges));
        SplitRandom random = new(options.Seed);
        double[] rows = new double[options.Points * names.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            (double lower, double upper) = ranges[names[i % names.Length]];
            rows[i] = lower + ((upper - lower) * random.NextDouble());
        }

        return Compare(a.Compile(names), b.Compile(names), rows, options.Points, options);
    }

    /// <summary>Compares on given points.</summary>
    /// <param name="a">One expression.</param>
    /// <param name="b">The other.</param>
    /// <param name="variables">Names of the columns of a row.</param>
    /// <param name="rows">At least 10 rows, row by row.</param>
    /// <param name="options">Tolerance; the default if null. Points and seed are not looked at.</param>
    public static EquivalenceResult Test(
        Expression a, Expression b, IReadOnlyList<string> variables, ReadOnlySpan<double> rows, EquivalenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(variables);
        int count = variables.Count == 0 ? FewestCompared : rows.Length / variables.Count;
        return Compare(a.Compile(variables), b.Compile(variables), rows, count, options ?? EquivalenceOptions.Default);
    }

    private static EquivalenceResult Compare(
        CompiledExpression a, CompiledExpression b, ReadOnlySpan<double> rows, int count, EquivalenceOptions options)
    {
        double[] y = new double[count], z = new double[count];
        a.Evaluate(rows, y);
        b.Evaluate(rows, z);
        int[] both = [.. Enumerable.Range(0, count).Where(i => double.IsFinite(y[i]) && double.IsFinite(z[i]))];
        int oneOnly = Enumerable.Range(0, count).Count(i => double.IsFinite(y[i]) != double.IsFinite(z[i]));
        if (both.Length < FewestCompared)
            return Different(double.NaN, $"only {both.Length} of {count} points have a value in both");
        if (oneOnly > Tolerated * count)
            return Different(double.NaN, $"{oneOnly} of {count} points have a value in one of them only");
        y = [.. both.Select(i => y[i])];
        z = [.. both.Select(i => z[i])];
        double size = Statistics.Quantile<double>([.. y.Select(Math.Abs)], 0.5);
        EquivalenceResult? best = null;
        foreach ((EquivalenceKind kind, double constant) in Candidates(y, z, options.Kind))
        {
            double[] differences = [.. y.Zip(z, (p, q) =>
                Math.Abs(p - (kind == EquivalenceKind.MultiplicativeConstant ? constant * q : q + constant)) / Math.Max(Math.Abs(p), size))];
            double largest = Statistics.Quantile<double>([.. differences.Select(d => double.IsNaN(d) ? 0 : d)], 1 - Tolerated);
            bool equal = largest <= options.Tolerance;
            string reason = equal ? "" : $"values differ by up to {largest:E1} relative, allowed is {options.Tolerance:E1}";
            if (best is null || largest < best.LargestDifference)
                best = new EquivalenceResult(equal, kind, constant, largest, both.Length, reason);
            if (equal)
                break;
        }

        return best!;

        EquivalenceResult Different(double largest, string reason) => new(false, options.Kind, 0, largest, both.Length, reason);
    }

    private static IEnumerable<(EquivalenceKind Kind, double Constant)> Candidates(double[] y, double[] z, EquivalenceKind kind)
    {
        if (kind is EquivalenceKind.Exact or EquivalenceKind.AnyConstant)
            yield return (EquivalenceKind.Exact, 0);
        if (kind is EquivalenceKind.AdditiveConstant or EquivalenceKind.AnyConstant)
            yield return (EquivalenceKind.AdditiveConstant, Statistics.Quantile<double>([.. y.Zip(z, (p, q) => p - q)], 0.5));
        if (kind is EquivalenceKind.Exact or EquivalenceKind.AdditiveConstant)
            yield break;
        double[] ratios = [.. y.Zip(z, (p, q) => p / q).Where(double.IsFinite)];
        double ratio = ratios.Length > 0 ? Statistics.Quantile<double>(ratios, 0.5) : 0;
        if (ratio != 0)
            yield return (EquivalenceKind.MultiplicativeConstant, ratio);
        else if (kind == EquivalenceKind.MultiplicativeConstant)
            yield return (EquivalenceKind.Exact, 0);
    }
}
