using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

/// <summary>Formula search on data of every kind, good and bad.</summary>
public sealed class FormulaDiscoveryTests
{
    [Fact]
    public void Wide_network_becomes_the_exact_formula()
    {
        Dataset<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 5);
        DiscoveryResult found = FormulaDiscovery.Discover(data, new DiscoveryOptions { UseTerms = false, Shapes = [NetworkShape.Parse("2,5,1")], Seed = 5 });
        Assert.InRange(found.Rmse, 0, 1e-10);
        Assert.Equal(StopReason.Converged, found.Reason);
        Assert.NotNull(found.Network);
        Assert.Equal(["x1", "x2"], found.Network.Columns);
        Assert.Equal(data.Count, found.Train.Count + found.Validation.Count);
    }

    [Fact]
    public void Noise_does_not_hide_a_law_or_its_constants()
    {
        Dataset<double> data = Noisy(2000, 0.01, x => x[0] * x[0] / (4 * Math.PI * x[1]));
        DiscoveryResult found = FormulaDiscovery.Discover(data);
        EquivalenceResult same = ExpressionEquivalence.Test(
            Expression.Parse("x1^2/(4*pi*x2)"), found.Pick.Formula, data.FeatureNames, data.Features, new EquivalenceOptions { Kind = EquivalenceKind.AnyConstant });
        Assert.True(same.AreEquivalent, found.Pick.Formula.ToString());
    }

    [Fact]
    public void Constant_target_is_its_value()
    {
        DiscoveryResult found = FormulaDiscovery.Discover(Table(100, 2, x => 3.5));
        Assert.Equal(3.5, found.Pick.Formula.Evaluate());
        Assert.Equal(0, found.Rmse);
    }

    [Fact]
    public void Target_that_equals_a_column_is_that_column()
    {
        DiscoveryResult found = FormulaDiscovery.Discover(Table(100, 3, x => x[1]));
        Assert.Equal("x2", found.Pick.Formula.ToString());
    }

    [Fact]
    public void Constant_and_repeated_columns_are_left_out_and_named()
    {
        double[] values = [.. Enumerable.Range(0, 200).SelectMany(row => (double[])[row * 0.01, 7, row * 0.01])];
        double[] y = [.. Enumerable.Range(0, 200).Select(row => 2 * row * 0.01 + 1)];
        DiscoveryResult found = FormulaDiscovery.Discover(Dataset.Regression(values, 3, y, featureNames: ["a", "b", "c"]));
        Assert.Equal(["Column 'b' is constant and left out.", "Column 'c' repeats 'a' and is left out."], found.Notes);
        Assert.InRange(found.Rmse, 0, 1e-10);
    }

    [Fact]
    public void Ten_rows_are_enough_for_a_line()
    {
        DiscoveryResult found = FormulaDiscovery.Discover(Table(10, 1, x => 2 * x[0] - 1));
        Assert.InRange(found.Rmse, 0, 1e-10);
        Assert.Contains(found.Notes, note => note.StartsWith("10 rows are too few", StringComparison.Ordinal));
    }

    [Fact]
    public void Huge_values_are_no_hindrance()
    {
        DiscoveryResult found = FormulaDiscovery.Discover(Table(300, 2, x => 1e12 * x[0] * x[1], scale: 1e12), new DiscoveryOptions { TimeLimit = TimeSpan.FromSeconds(20) });
        Assert.InRange(found.R2, 1 - 1e-12, 1);
    }

    [Fact]
    public void Many_columns_are_screened()
    {
        DiscoveryResult found = FormulaDiscovery.Discover(Table(500, 200, x => 3 * x[17] - x[150] + 2), new DiscoveryOptions { TimeLimit = TimeSpan.FromSeconds(30) });
        Assert.InRange(found.R2, 1 - 1e-10, 1);
    }

    [Fact]
    public void Cancelled_search_gives_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        DiscoveryResult found = FormulaDiscovery.Discover(Table(100, 2, x => Math.Sin(5 * x[0]) * x[1]), cancellation: stop.Token);
        Assert.Equal(StopReason.Cancelled, found.Reason);
        Assert.True(double.IsFinite(found.Rmse));
    }

    [Fact]
    public void Classes_and_several_targets_are_refused()
    {
        Dataset<double> classes = Dataset.Classification<double>([1, 2, 3, 4], 1, [0, 1, 0, 1], ["a", "b"]);
        Assert.Contains("classes", Assert.Throws<ArgumentException>(() => FormulaDiscovery.Discover(classes)).Message, StringComparison.Ordinal);
        Dataset<double> two = Dataset.Regression<double>([1, 2, 3, 4], 1, [1, 2, 3, 4, 5, 6, 7, 8], 2);
        Assert.Contains("2 targets", Assert.Throws<ArgumentException>(() => FormulaDiscovery.Discover(two)).Message, StringComparison.Ordinal);
        Assert.Contains("2 rows", Assert.Throws<ArgumentException>(() => FormulaDiscovery.Discover(Table(2, 1, x => x[0]))).Message, StringComparison.Ordinal);
    }

    private static Dataset<double> Table(int rows, int columns, Func<double[], double> function, double scale = 1)
    {
        double[] values = new double[rows * columns];
        new SplitRandom(1).FillUniform(values, 0.5 * scale, 2 * scale);
        return Dataset.Regression(values, columns, [.. Enumerable.Range(0, rows).Select(row => function(values[(row * columns)..((row + 1) * columns)]))]);
    }

    private static Dataset<double> Noisy(int rows, double noise, Func<double[], double> function)
    {
        Dataset<double> exact = Table(rows, 2, function);
        double[] y = exact.Targets.ToArray(), errors = new double[rows];
        new SplitRandom(2).FillNormal(errors, 0.0, noise * Math.Sqrt(y.Average(value => value * value)));
        return Dataset.Regression(exact.Features.ToArray(), 2, [.. y.Zip(errors, (value, error) => value + error)]);
    }
}
