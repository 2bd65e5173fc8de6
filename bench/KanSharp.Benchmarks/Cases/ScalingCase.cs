using KanSharp.Benchmarks.Science;
using KanSharp.Plotting;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// The five toy functions of the KAN paper (arXiv 2404.19756, section 3.1): test error against G and against seconds, medians over seeds; two log-log charts with
/// --svg FOLDER.
/// </summary>
internal sealed class ScalingCase : IBenchmarkCase
{
    public string Name => "scaling";

    public string Usage => "--seeds 5 --svg FOLDER";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        int seeds = options.Count("seeds", 5);
        string folder = options.Text("svg", "");
        options.RefuseUnread();
        (ScienceTask Task, ToyDefaults Fit)[] toys =
        [
            (ScienceTask.Bessel, new("1,1", "5,10,20,50,100,200") { Train = 1000, Starts = 1, SlopeFrom = 50 }),
            (ScienceTask.Toy, new("2,1,1", "2,5,10,20,50,100,200,300") { Train = 20_000, Starts = 4, SlopeFrom = 10 }),
            (ScienceTask.Product, new("2,2,1", "2,5,10,20") { Train = 1000, Starts = 8, SlopeFrom = 2 }),
            (ScienceTask.HundredDimensions, new("100,1,1", "2,5,10,20") { Train = 10_000, Starts = 1, SlopeFrom = 5 }),
            (ScienceTask.DeepToy, new("4,2,1,1", "2,5,10,20,50,100") { Train = 20_000, Starts = 12, SlopeFrom = 10 }),
        ];
        var byGrid = new List<ChartSeries>();
        var bySeconds = new List<ChartSeries>();
        foreach ((ScienceTask task, ToyDefaults defaults) in toys)
        {
            var fit = new ScienceFit
            {
                Widths = [.. defaults.Widths.Split(',').Select(int.Parse)],
                Grids = [.. defaults.Grids.Split(',').Select(int.Parse)],
                Starts = defaults.Starts,
                Survivors = defaults.Starts == 1 ? 1 : defaults.Survivors,
            };
            var runs = new List<IReadOnlyList<ScienceFit.Stage>>();
            for (int seed = 0; seed <= seeds; seed++)
            {
                IReadOnlyList<ScienceFit.Stage> stages = fit.Run(task.Sample(defaults.Train, (ulong)(2 * seed)), task.Sample(10_000, (ulong)(2 * seed + 1)), (ulong)seed).Stages;
                if (seed > 0)
                    runs.Add(stages); // the first compiles the code
            }

            ScienceFit.Stage[] medians = [.. runs[0].Select((stage, index) => new ScienceFit.Stage(
                stage.Intervals,
                ScienceFit.Median(runs.Select(run => run[index].Train)),
                ScienceFit.Median(runs.Select(run => run[index].Test)),
                ScienceFit.Median(runs.Select(run => run[index].Seconds))))];
            foreach (ScienceFit.Stage stage in medians)
            {
                yield return new Report(Name)
                    .Add("task", task.Name).Add("widths", defaults.Widths).Add("train", defaults.Train).Add("grid", stage.Intervals)
                    .Add("train_rmse", stage.Train).Add("test_rmse", stage.Test).Add("seconds", stage.Seconds);
            }

            yield return new Report(Name).Add("task", task.Name).Add("seeds", seeds).Add("slope_from_grid", defaults.SlopeFrom)
                .Add("slope", ScienceFit.Slope(medians.Where(stage => stage.Intervals >= defaults.SlopeFrom)));
            string name = $"{task.Name} [{defaults.Widths}]";
            byGrid.Add(new ChartSeries { Name = name, X = [.. medians.Select(stage => (double)stage.Intervals)], Y = [.. medians.Select(stage => stage.Test)] });
            bySeconds.Add(new ChartSeries { Name = name, X = [.. medians.Select(stage => stage.Seconds)], Y = [.. medians.Select(stage => stage.Test)] });
        }

        byGrid.Add(new ChartSeries { Name = "proportional to G^-4", X = [5, 300], Y = [1e-2, 1e-2 * Math.Pow(60, -4)], Dash = LineDash.Dashed, Colour = "#808080" });
        if (folder.Length > 0)
        {
            Directory.CreateDirectory(folder);
            Write(folder, "scaling-grid.svg", "intervals G", byGrid);
            Write(folder, "scaling-seconds.svg", "seconds", bySeconds);
        }
    }

    private static void Write(string folder, string file, string axis, IReadOnlyList<ChartSeries> series)
    {
        var chart = new Chart
        {
            Title = "Test error of five toy functions",
            Description = $"Root mean squared error on 10,000 test points against {axis}, both logarithmic.",
            X = new ChartAxis { Label = axis, Scale = AxisScale.Log },
            Y = new ChartAxis { Label = "test RMSE", Scale = AxisScale.Log },
            Series = series,
            Width = 860,
            Height = 520,
        };
        File.WriteAllText(Path.Combine(folder, file), chart.Draw().ToSvg());
    }
}
