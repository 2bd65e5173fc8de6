using KanSharp.Bases;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Science;

/// <summary>Fits of one function over several seeds, and their medians.</summary>
internal static class ToyRuns
{
    public const string Usage =
        "--seeds 10 --train N --test 1000 --grid LIST --starts N --start-epochs N --survivors N --epochs 40 --degree 3 --placement uniform|nested|quantiles|curvature --smoothness 1e-7 --curve";

    public static IEnumerable<Report> Run(string name, ScienceTask task, CaseOptions options, ToyDefaults defaults)
    {
        int seeds = options.Count("seeds", 10), train = options.Count("train", defaults.Train), test = options.Count("test", 1000), slopeFrom = defaults.SlopeFrom;
        int[] widths = options.Widths(defaults.Widths), grids = options.Counts("grid", defaults.Grids);
        string placement = options.Text("placement", "uniform");
        var fit = new ScienceFit
        {
            Widths = widths,
            Grids = grids,
            Degree = options.Count("degree", 3),
            Starts = options.Count("starts", defaults.Starts),
            StartEpochs = options.Count("start-epochs", defaults.StartEpochs),
            Survivors = options.Count("survivors", defaults.Survivors),
            Epochs = options.Count("epochs", 40),
            Placement = Enum.TryParse(placement, ignoreCase: true, out KnotPlacement parsed) ? parsed : throw new FormatException($"--placement is uniform, nested, quantiles or curvature, got '{placement}'."),
            Optimizer = new LevenbergMarquardt { Smoothness = options.Number("smoothness", 1e-7) },
        };
        bool curve = options.Flag("curve");
        options.RefuseUnread();
        fit.Run(task.Sample(train, 999), task.Sample(test, 998), 999); // compiles the code
        var runs = new List<IReadOnlyList<ScienceFit.Stage>>();
        for (int seed = 0; seed < seeds; seed++)
        {
            IReadOnlyList<ScienceFit.Stage> stages = fit.Run(task.Sample(train, (ulong)(2 * seed)), task.Sample(test, (ulong)(2 * seed + 1)), (ulong)seed).Stages;
            runs.Add(stages);
            foreach (ScienceFit.Stage stage in curve ? stages : [])
                yield return new Report(name).Add("seed", seed).Add("grid", stage.Intervals).Add("train_rmse", stage.Train).Add("test_rmse", stage.Test).Add("seconds", stage.Seconds);
        }

        for (int stage = 0; stage < runs[0].Count; stage++)
        {
            yield return new Report(name)
                .Add("of", "grid").Add("grid", runs[0][stage].Intervals)
                .Add("train_rmse", ScienceFit.Median(runs.Select(run => run[stage].Train)))
                .Add("test_rmse", ScienceFit.Median(runs.Select(run => run[stage].Test)))
                .Add("test_rmse_max", runs.Max(run => run[stage].Test))
                .Add("seconds", ScienceFit.Median(runs.Select(run => run[stage].Seconds)));
        }

        yield return new Report(name)
            .Add("task", task.Name).Add("widths", string.Join(',', widths)).Add("grids", string.Join(',', grids)).Add("degree", fit.Degree)
            .Add("train", train).Add("test", test).Add("seeds", seeds).Add("starts", fit.Starts)
            .Add("test_rmse", ScienceFit.Median(runs.Select(run => run[^1].Test)))
            .Add("test_rmse_max", runs.Max(run => run[^1].Test))
            .Add("seconds", ScienceFit.Median(runs.Select(run => run[^1].Seconds)))
            .Add("seconds_max", runs.Max(run => run[^1].Seconds))
            .Add("slope", ScienceFit.Median(runs.Select(run => ScienceFit.Slope(run.Where(stage => stage.Intervals >= slopeFrom)))))
            .Add("rises", runs.Count(run => run.Zip(run.Skip(1), (before, after) => after.Test > before.Test).Any(rise => rise)));
    }
}
