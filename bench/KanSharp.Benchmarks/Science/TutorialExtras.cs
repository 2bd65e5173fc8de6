using System.Diagnostics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Science;

/// <summary>The tutorials that are no formula of a table: five peaks one after the other, two half moons, relations without a target.</summary>
internal static class TutorialExtras
{
    /// <summary>Five peaks, each seen once: [1,1] on 200 intervals, of degree 5, keeps what it knows, because a spline changes only where there are data. pykan: RMSE 3.99e-6.</summary>
    public static Report FivePeaks(int seed)
    {
        const int Peaks = 5, Samples = 100;
        static double Value(double x) => Enumerable.Range(0, Peaks).Sum(peak => Math.Exp(-300 * Math.Pow(x + 1 - 2.0 * (peak + 0.5) / Peaks, 2)));
        var clock = Stopwatch.StartNew();
        KanLinearOptions layer = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 200, Degree = 5 }, Initialization = new KanInitialization { NoiseScale = 0 } };
        KanNetwork<double> network = KanNetwork<double>.Create([1, 1], layer, (ulong)seed);
        double afterwards = 0;
        for (int peak = 0; peak < Peaks; peak++)
        {
            double[] x = [.. Enumerable.Range(0, Samples).Select(index => -1 + 2.0 * (peak + (index + 0.5) / Samples) / Peaks)];
            var data = new TrainingData<double>(Column(x), Column([.. x.Select(Value)]));
            Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt { Smoothness = 0, FollowRange = RangeFollowing.None }, Epochs = 40 });
            double[] seen = [.. Enumerable.Range(0, Samples * (peak + 1)).Select(index => -1 + 2.0 * (index + 0.5) / (Samples * Peaks))];
            afterwards = Rmse(network.Predict(Column(seen)).Span, [.. seen.Select(Value)]);
        }

        return new Report("tutorials").Add("task", "continual-learning").Add("seed", seed).Add("rmse", afterwards).Add("reference", 3.99e-6).Add("seconds", clock.Elapsed.TotalSeconds);
    }

    /// <summary>Two half moons as a regression of the class: accuracy on fresh points of the network and of its formula. pykan: 0.998 and 0.997.</summary>
    public static Report Moons(int seed)
    {
        (Tensor<double> inputs, double[] classes) = Moons(1000, (ulong)seed);
        (Tensor<double> fresh, double[] truth) = Moons(1000, 1000 + (ulong)seed);
        var clock = Stopwatch.StartNew();
        var data = new TrainingData<double>(inputs, Column(classes));
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 3, Low = -1.5, High = 2.5 } }, (ulong)seed);
        Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 20 });
        SymbolicSearchResult symbolic = SymbolicSearch.Run(network, data, new SymbolicSearchOptions { Names = ["x", "y"] });
        double seconds = clock.Elapsed.TotalSeconds;
        Expression formula = symbolic.Hall.Pareto.MinBy(candidate => candidate.Rmse)?.Formula ?? 0.5;
        var found = new double[truth.Length];
        formula.Compile(["x", "y"]).Evaluate(fresh.Span, found);
        return new Report("tutorials").Add("task", "two-moons").Add("seed", seed)
            .Add("accuracy", Accuracy(network.Predict(fresh).Span, truth)).Add("formula_accuracy", Accuracy(found, truth)).Add("reference", 0.998).Add("formula_reference", 0.997)
            .Add("seconds", seconds).Add("formula", formula.Round(3).ToString());
    }

    /// <summary>Six columns with x3 = exp(sin πx1 + x2²) and x5 = x4³ (KAN paper, section 4.2): which relations do ten runs find?</summary>
    public static Report Relations(int seed)
    {
        const int Rows = 1000, Columns = 6;
        var rows = new double[Rows * Columns];
        new SplitRandom((ulong)seed).FillUniform(rows, -1.0, 1.0);
        for (int row = 0; row < Rows; row++)
        {
            Span<double> x = rows.AsSpan(row * Columns, Columns);
            x[2] = Math.Exp(Math.Sin(Math.PI * x[0]) + x[1] * x[1]);
            x[4] = x[3] * x[3] * x[3];
        }

        var clock = Stopwatch.StartNew();
        RelationSearchResult found = RelationSearch.Find(rows, Columns, new RelationSearchOptions { Seed = (ulong)seed * 100 });
        return new Report("tutorials").Add("task", "relations").Add("seed", seed).Add("runs", found.Runs)
            .Add("found", string.Join("; ", found.Relations.Select(relation => $"{{{string.Join(",", relation.Variables.Select(variable => variable + 1))}}} in {relation.Count}")))
            .Add("seconds", clock.Elapsed.TotalSeconds);
    }

    private static (Tensor<double> Inputs, double[] Classes) Moons(int count, ulong seed)
    {
        var random = new SplitRandom(seed);
        var inputs = new Tensor<double>(new Shape(count, 2));
        var classes = new double[count];
        for (int row = 0; row < count; row++)
        {
            double angle = Math.PI * random.NextDouble();
            bool second = row % 2 == 1;
            classes[row] = second ? 1 : 0;
            inputs[row, 0] = (second ? 1 - Math.Cos(angle) : Math.Cos(angle)) + 0.1 * random.NextNormal();
            inputs[row, 1] = (second ? 0.5 - Math.Sin(angle) : Math.Sin(angle)) + 0.1 * random.NextNormal();
        }

        return (inputs, classes);
    }

    private static double Accuracy(ReadOnlySpan<double> values, double[] classes)
    {
        int right = 0;
        for (int row = 0; row < classes.Length; row++)
            right += (values[row] > 0.5) == (classes[row] > 0.5) ? 1 : 0;
        return (double)right / classes.Length;
    }

    private static double Rmse(ReadOnlySpan<double> values, double[] truth)
    {
        double sum = 0;
        for (int row = 0; row < truth.Length; row++)
            sum += (values[row] - truth[row]) * (values[row] - truth[row]);
        return Math.Sqrt(sum / truth.Length);
    }

    private static Tensor<double> Column(double[] values) => new(new Shape(values.Length, 1), values);
}
