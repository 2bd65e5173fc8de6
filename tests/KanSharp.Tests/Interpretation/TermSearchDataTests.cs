using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interpretation;

/// <summary>Tables as people bring them.</summary>
public class TermSearchDataTests
{
    private static readonly TermSearchOptions Small = new() { Terms = 1_500, Candidates = 3 };

    [Fact]
    public void Constant_target_gives_the_constant()
    {
        var random = new SplitRandom(1);
        TermSearchResult result = TermSearch.Run(Dataset.Regression(Uniform(random, 40), 2, [.. Enumerable.Repeat(4.5, 20)]), null, Small);
        Assert.Equal("4.5", result.Hall.Pick!.Formula.ToString());
        Assert.Equal(0, result.Hall.Pick.Rmse);
    }

    [Fact]
    public void Target_equal_to_a_column_gives_the_column()
    {
        var random = new SplitRandom(2);
        double[] features = Uniform(random, 60);
        TermSearchResult result = TermSearch.Run(Dataset.Regression(features, 3, [.. Enumerable.Range(0, 20).Select(row => features[(row * 3) + 1])]), null, Small);
        Assert.Equal("x2", result.Hall.Pick!.Formula.ToString());
    }

    [Fact]
    public void Constant_and_repeated_columns_are_left_out()
    {
        var random = new SplitRandom(3);
        double[] x = Uniform(random, 100), features = [.. x.SelectMany(value => new[] { 7.0, value, value })], targets = [.. x.Select(value => 2 * value * value)];
        TermSearchResult result = TermSearch.Run(Dataset.Regression(features, 3, targets, 1, ["c", "x", "again"]), null, Small);
        Assert.Equal(["x"], result.Variables);
        Assert.Equal("2*x^2", result.Hall.Pick!.Formula.ToString());
    }

    [Fact]
    public void Ten_rows_are_enough_for_a_law_without_noise()
    {
        Dataset<double> data = TermSearchTests.Sample(Expression.Parse("a/b"), ["a", "b"], 10, 0, seed: 4);
        Assert.Equal("a/b", TermSearch.Run(data, null, Small).Hall.Pick!.Formula.ToString());
    }

    [Fact]
    public void Two_hundred_columns_are_screened()
    {
        string[] names = [.. Enumerable.Range(1, 200).Select(column => $"v{column}")];
        Dataset<double> data = TermSearchTests.Sample(Expression.Parse("v17*v120"), names, 600, 0.01, seed: 6);
        TermSearchResult result = TermSearch.Run(data, null, Small);
        Assert.InRange(result.Variables.Count, 2, Small.MaxVariables);
        Assert.True(ExpressionEquivalence.Test(
            result.Hall.Pick!.Formula, Expression.Parse("v17*v120"), new Dictionary<string, (double, double)> { ["v17"] = (1, 2), ["v120"] = (1, 2) }).AreEquivalent);
    }

    [Theory]
    [InlineData(1e12)]
    [InlineData(1e-12)]
    public void Sizes_do_not_matter(double size)
    {
        var random = new SplitRandom(7);
        double[] features = [.. Uniform(random, 200).Select(value => value * size)];
        double[] targets = [.. Enumerable.Range(0, 100).Select(row => features[2 * row] * features[(2 * row) + 1] / 2)];
        TermSearchResult result = TermSearch.Run(Dataset.Regression(features, 2, targets), null, Small);
        Assert.InRange(result.Hall.Pick!.Rmse, 0, 1e-12 * size * size);
        Assert.Equal("x1*x2/2", result.Hall.Pick.Formula.ToString());
    }

    [Fact]
    public void Noise_alone_gives_no_formula()
    {
        var random = new SplitRandom(8);
        double[] targets = [.. Enumerable.Range(0, 160).Select(_ => random.NextNormal())];
        Dataset<double> data = Dataset.Regression(Uniform(random, 320), 2, targets);
        DataSplit<double> split = data.Split(0.5, seed: 1);
        TermSearchResult result = TermSearch.Run(split.Train, split.Validation, Small);
        Assert.Empty(result.Hall.Pick!.Formula.Variables);
        Assert.False(result.IsSettled && result.Noise < 0.5);
    }

    private static double[] Uniform(SplitRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextDouble())];
}
