using KanSharp.Data;
using KanSharp.Interpretation;

namespace KanSharp.SlowTests;

/// <summary>The law behind the lens data that ship with the command line is found.</summary>
public sealed class LensLawTests(ITestOutputHelper output)
{
    private const double Noise = 0.005;

    [Fact]
    public void The_pick_is_the_law_of_thin_lenses()
    {
        Table table = ShippedData.Lens;
        Dataset<double> rows = TableEncoding.Fit(table, ["f"]).Encode<double>(table, out _);
        DiscoveryResult result = FormulaDiscovery.Discover(rows);
        output.WriteLine($"{result.Pick.Formula}, RMSE {result.Rmse}, {result.Elapsed.TotalSeconds} s, {result.Reason}");
        Assert.InRange(result.Rmse, 0.9 * Noise, 1.1 * Noise);
        Dataset<double> points = Dataset.Sample(x => 1 / (1 / x[0] + x[2] / x[1]), 3, 50, 1, 5, seed: 1);
        var values = new double[points.Count];
        result.Pick.Formula.Compile(rows.FeatureNames).Evaluate(points.Features, values);
        for (int row = 0; row < values.Length; row++)
            Assert.Equal(points.Targets[row], values[row], Noise);
    }
}
