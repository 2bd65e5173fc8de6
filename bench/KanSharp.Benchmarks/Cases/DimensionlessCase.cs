using KanSharp.Autodiff;
using KanSharp.Benchmarks.Science;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// The 20 dimensionless functions of arXiv 2509.03417 with its network [d,8,8,1] on 5 intervals and 4,000 samples: relative L2 error on its regular grids
/// (200² and 30³ points), seconds. Medians over seeds, then over functions; the five singular ones apart.
/// </summary>
internal sealed class DimensionlessCase : IBenchmarkCase
{
    public string Name => "dimensionless";

    public string Usage => "--seeds 3 --train 4000 --hidden 8 --grid 5 --starts 1 --epochs 60 --noise 1 --smoothness 1e-7 --only f3,f5";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        int seeds = options.Count("seeds", 3), train = options.Count("train", 4000), hidden = options.Count("hidden", 8);
        int[] grids = options.Counts("grid", "5");
        int starts = options.Count("starts", 1), epochs = options.Count("epochs", 60);
        double noise = options.Number("noise", 1), smoothness = options.Number("smoothness", 1e-7);
        string only = options.Text("only", "");
        options.RefuseUnread();
        var medians = new List<(string Name, double Error, double Seconds)>();
        foreach (ScienceTask task in DimensionlessTasks.All)
        {
            if (only.Length > 0 && !only.Split(',').Contains(task.Name))
                continue;
            TrainingData<double> grid = Grid(task);
            double norm = Math.Sqrt(grid.Targets!.Span.ToArray().Average(value => value * value));
            var fit = new ScienceFit { Widths = [task.Inputs, hidden, hidden, 1], Grids = grids, Starts = starts, StartEpochs = 1, Epochs = epochs, Noise = noise, Optimizer = new LevenbergMarquardt { Smoothness = smoothness } };
            if (medians.Count == 0)
                fit.Run(task.Sample(train, 99), grid, 99); // compiles the code
            var runs = new List<ScienceFit.Stage>();
            for (int seed = 0; seed < seeds; seed++)
                runs.Add(fit.Run(task.Sample(train, (ulong)seed), grid, (ulong)seed).Stages[^1]);
            medians.Add((task.Name, ScienceFit.Median(runs.Select(run => run.Test)) / norm, ScienceFit.Median(runs.Select(run => run.Seconds))));
            yield return new Report(Name)
                .Add("function", task.Name).Add("singular", DimensionlessTasks.Singular.Contains(task.Name))
                .Add("relative_l2", medians[^1].Error).Add("train_rmse", ScienceFit.Median(runs.Select(run => run.Train))).Add("seconds", medians[^1].Seconds);
        }

        foreach (bool regular in new[] { false, true })
        {
            (string Name, double Error, double Seconds)[] chosen = [.. medians.Where(entry => !regular || !DimensionlessTasks.Singular.Contains(entry.Name))];
            if (chosen.Length == 0)
                continue;
            yield return new Report(Name)
                .Add("of", regular ? "the regular ones" : "all").Add("functions", chosen.Length).Add("seeds", seeds)
                .Add("relative_l2", ScienceFit.Median(chosen.Select(entry => entry.Error)))
                .Add("relative_l2_max", chosen.Max(entry => entry.Error))
                .Add("seconds", ScienceFit.Median(chosen.Select(entry => entry.Seconds)))
                .Add("seconds_max", chosen.Max(entry => entry.Seconds));
        }
    }

    /// <summary>The points of a regular grid where the function is finite.</summary>
    private static TrainingData<double> Grid(ScienceTask task)
    {
        int side = task.Inputs == 2 ? 200 : 30;
        var points = new List<double>();
        var point = new double[task.Inputs];
        for (int index = 0; index < (int)Math.Pow(side, task.Inputs); index++)
        {
            for (int axis = 0, rest = index; axis < task.Inputs; axis++, rest /= side)
                point[axis] = -1 + 2.0 * (rest % side) / (side - 1);
            if (double.IsFinite(task.Function(point)))
                points.AddRange(point);
        }

        return task.Evaluate(new Tensor<double>(new Shape(points.Count / task.Inputs, task.Inputs), [.. points]));
    }
}
