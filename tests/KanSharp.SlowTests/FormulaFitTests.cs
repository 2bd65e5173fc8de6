using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.SlowTests;

/// <summary>Accuracy on the first example of the KAN paper, exp(sin(πx) + y²) on [−1, 1]².</summary>
public sealed class FormulaFitTests(ITestOutputHelper output)
{
    private static readonly Dataset<double> Train = Dataset.Sample(Formula, samples: 1000, seed: 0);
    private static readonly Dataset<double> Test = Dataset.Sample(Formula, samples: 1000, seed: 1);

    [Theory]
    [InlineData(3, 0.025)]
    [InlineData(5, 0.015)]
    [InlineData(10, 0.015)]
    public void Lbfgs_reaches_a_small_error_on_unseen_points(int intervals, double largest)
    {
        double[] errors = [.. Enumerable.Range(0, 3).Select(seed => Rmse(intervals, (ulong)seed))];
        output.WriteLine($"{intervals} intervals: test RMSE {string.Join(", ", errors.Select(e => e.ToString("E2")))}");
        Assert.InRange(errors.Order().ElementAt(1), 0, largest);
    }

    private static double Rmse(int intervals, ulong seed)
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], new BSplineOptions { Intervals = intervals }, seed);
        Trainer.Fit(network, Train, new FitOptions { Optimizer = new Lbfgs(), Epochs = 20, Seed = seed });
        Tape<double> tape = new() { RecordsGradients = false };
        ReadOnlySpan<double> predicted = network.Forward(tape.Constant(Test.Features, new Shape(Test.Count, 2))).Values;
        double sum = 0;
        for (int i = 0; i < Test.Count; i++)
            sum += (predicted[i] - Test.Targets[i]) * (predicted[i] - Test.Targets[i]);
        return Math.Sqrt(sum / Test.Count);
    }

    private static double Formula(double x, double y) => Math.Exp(Math.Sin(Math.PI * x) + y * y);
}
