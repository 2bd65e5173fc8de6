using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

public class TermSearchTests
{
    private static readonly TermSearchOptions Small = new() { Terms = 2_000, Candidates = 4 };

    // A product with a sum inside, a quotient, a function of a sum, a sum under a root, a sum of a product and a wave; none from a collection.
    [Theory]
    [InlineData("3*a^2*(b + a)/b", 0.0)]
    [InlineData("a*b/(a + 2*b)", 0.0)]
    [InlineData("exp(-a^2/b)/2", 0.0)]
    [InlineData("sqrt(a^2 + 4*b)", 0.01)]
    [InlineData("2*a*b + cos(a)", 0.01)]
    public void Finds_the_formula_with_its_constants(string text, double noise)
    {
        var formula = Expression.Parse(text);
        DataSplit<double> data = Sample(formula, ["a", "b"], 800, noise, seed: 3).Split(seed: 1);
        TermSearchResult result = TermSearch.Run(data.Train, data.Validation, Small, null, TestContext.Current.CancellationToken);
        var ranges = new Dictionary<string, (double, double)> { ["a"] = (1, 3), ["b"] = (1, 3) };
        EquivalenceResult equal = ExpressionEquivalence.Test(result.Hall.Pick!.Formula, formula, ranges);
        Assert.True(equal.AreEquivalent, $"{result.Hall.Pick.Formula} is not {formula}");
        Assert.True(result.IsSettled);
        Assert.Equal(StopReason.Converged, result.Reason);
        Assert.Equal(["a", "b"], result.Variables.Order());
    }

    [Fact]
    public void Same_bits_for_any_number_of_threads()
    {
        Dataset<double> data = Sample(Expression.Parse("sin(a)*b + a"), ["a", "b"], 100, 0.05, seed: 5);
        string[] formulas = [.. new[] { 1, 3 }.Select(threads =>
        {
            using var executor = new Executor(threads);
            return string.Join('\n', TermSearch.Run(data, null, Small with { Executor = executor }).Hall.Best.Select(best => $"{best.Formula} {best.Rmse:R}"));
        })];
        Assert.Equal(formulas[0], formulas[1]);
    }

    [Fact]
    public void Noise_is_estimated()
    {
        Dataset<double> data = Sample(Expression.Parse("a*b"), ["a", "b"], 2000, 0.05, seed: 8);
        double deviation = 0.05 * Math.Sqrt(data.Targets.ToArray().Average(value => value * value));
        TermSearchResult result = TermSearch.Run(data, null, Small);
        Assert.InRange(result.Noise / deviation, 0.9, 1.1);
    }

    [Fact]
    public void Validation_rows_are_not_fitted()
    {
        var formula = Expression.Parse("a*b");
        Dataset<double> train = Sample(formula, ["a", "b"], 200, 0, seed: 1), validation = Sample(Expression.Parse("a*b + 1"), ["a", "b"], 50, 0, seed: 2);
        FormulaCandidate product = TermSearch.Run(train, validation, Small).Hall.Best.First(best => best.Formula.Variables.Count == 2);
        Assert.Equal(1, product.Rmse, 1e-9);
    }

    [Fact]
    public void Cancelled_search_gives_the_best_so_far()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<TermSearchProgress>();
        var progress = new Reporter(report =>
        {
            seen.Add(report);
            if (report.Best is not null)
                stop.Cancel();
        });
        Dataset<double> data = Sample(Expression.Parse("sin(a)*b + a/(1 + b^2)"), ["a", "b"], 300, 0.02, seed: 5);
        TermSearchResult result = TermSearch.Run(data, null, Small, progress, stop.Token);
        Assert.Equal(StopReason.Cancelled, result.Reason);
        Assert.True(result.Hall.Best.Count > 1);
        Assert.NotEmpty(seen);
    }

    [Fact]
    public void Already_cancelled_search_knows_the_mean()
    {
        Dataset<double> data = Sample(Expression.Parse("a"), ["a", "b"], 50, 0, seed: 5);
        TermSearchResult result = TermSearch.Run(data, null, Small, null, new CancellationToken(canceled: true));
        Assert.Equal(StopReason.Cancelled, result.Reason);
        Assert.Empty(result.Hall.Pick!.Formula.Variables);
    }

    [Fact]
    public void Refuses_what_is_no_table_for_a_formula()
    {
        ArgumentException twice = Assert.Throws<ArgumentException>(() => TermSearch.Run(Dataset.Regression(new double[20], 2, new double[10], 1, ["a", "a"])));
        Assert.Contains("'a'", twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TermSearch.Run(Dataset.Regression(new double[20], 2, new double[20], 2)));
        Assert.Throws<ArgumentException>(() => TermSearch.Run(Dataset.Regression(new double[8], 2, new double[4])));
        Assert.Throws<ArgumentException>(() => TermSearch.Run(Dataset.Classification(new double[20], 2, new int[10], ["p", "q"])));
        Dataset<double> data = Sample(Expression.Parse("a"), ["a", "b"], 50, 0, seed: 5);
        Assert.Throws<ArgumentException>(() => TermSearch.Run(data, Sample(Expression.Parse("a"), ["a", "c"], 50, 0, seed: 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TermSearchOptions { Terms = 10 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TermSearchOptions { TimeLimit = TimeSpan.Zero });
    }

    internal static Dataset<double> Sample(Expression formula, string[] names, int rows, double noise, ulong seed, double low = 1, double high = 3)
    {
        var random = new SplitRandom(seed);
        double[] features = [.. Enumerable.Range(0, rows * names.Length).Select(_ => low + ((high - low) * random.NextDouble()))], targets = new double[rows];
        formula.Compile(names).Evaluate(features, targets);
        double deviation = noise * Math.Sqrt(targets.Average(value => value * value));
        for (int i = 0; i < rows && noise > 0; i++)
            targets[i] += deviation * random.NextNormal();
        return Dataset.Regression(features, names.Length, targets, 1, names);
    }

    private sealed class Reporter(Action<TermSearchProgress> action) : IProgress<TermSearchProgress>
    {
        public void Report(TermSearchProgress value) => action(value);
    }
}
