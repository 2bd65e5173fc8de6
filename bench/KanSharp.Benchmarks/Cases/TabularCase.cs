using System.Diagnostics;
using System.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// Regressions of public tables with the settings that kan fit chooses: linear ridge, KAN by Levenberg-Marquardt, KAN by AdamW, KAN by the automatic choice, and a
/// multilayer perceptron. Every seed draws its own split; all methods see the same rows. Medians over seeds of the error on the test rows and of seconds, the
/// trial that measures the noise included.
/// </summary>
internal sealed class TabularCase : IBenchmarkCase
{
    private const string Methods = "ridge,lm,adamw,auto,mlp";

    public string Name => "tabular";

    public string Usage => $"--data ../shared/data/tables --tables all --methods {Methods} --seeds 10";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string folder = options.Text("data", "../shared/data/tables"), tables = options.Text("tables", "all"), methods = options.Text("methods", Methods);
        int seeds = options.Count("seeds", 10);
        options.RefuseUnread();
        if (!Directory.Exists(folder))
            throw new FormatException($"--data '{folder}' is no folder; the tables of docs/results.md are expected there.");
        TableTask[] tasks = [.. TableTask.All.Where(task => tables == "all" || tables.Split(',').Contains(task.Name))];
        string[] unknown = [.. tables.Split(',').Except(TableTask.All.Select(task => task.Name)).Where(name => name != "all")];
        if (unknown.Length > 0 || methods.Split(',').Except(Methods.Split(',')).Any())
            throw new FormatException($"--tables are all or {string.Join(',', TableTask.All.Select(task => task.Name))}; --methods are {Methods}.");
        foreach (TableTask task in tasks)
        {
            int runs = Math.Min(seeds, task.MostSeeds);
            TabularProblem<double>[] problems = [.. Enumerable.Range(0, runs).Select(seed => task.Problem(folder, (ulong)seed))];
            foreach (string method in methods.Split(','))
            {
                if (task == tasks[0])
                    Train(method, problems[0], 0); // compiles the code
                (RegressionMetrics Error, double Seconds)[] results = [.. problems.Select((problem, seed) => Train(method, problem, (ulong)seed))];
                yield return new Report(Name)
                    .Add("table", task.Name).Add("rows", problems[0].Split.Train.Count).Add("inputs", problems[0].Encoding.Inputs).Add("method", method).Add("seeds", runs)
                    .Add("rmse", Median(results.Select(result => result.Error.Rmse))).Add("rmse_mean", results.Average(result => result.Error.Rmse))
                    .Add("r2", Median(results.Select(result => result.Error.R2))).Add("r2_mean", results.Average(result => result.Error.R2))
                    .Add("seconds", Median(results.Select(result => result.Seconds))).Add("mark_r2", task.MarkR2);
            }
        }
    }

    private static (RegressionMetrics Error, double Seconds) Train(string method, TabularProblem<double> problem, ulong seed)
    {
        long start = Stopwatch.GetTimestamp();
        RegressionMetrics error = method switch
        {
            "ridge" => LinearRidge.Fit(problem),
            "lm" => Network(problem, new TabularOptions { Optimizer = "lm", Seed = seed }),
            "auto" => Network(problem.As<float>(), new TabularOptions { Seed = seed }),
            "mlp" => Network(problem.As<float>(), new TabularOptions { Mlp = true, Seed = seed }),
            _ => Network(problem.As<float>(), new TabularOptions { Optimizer = method, Seed = seed }),
        };
        return (error, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static RegressionMetrics Network<T>(TabularProblem<T> problem, TabularOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TabularEvaluation.Of(TabularTrainer.Fit(problem, options).Model, problem.Split.Test!).Regression!;

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
