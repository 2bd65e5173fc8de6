using KanSharp.Training;

namespace KanSharp.Benchmarks.Accuracy;

/// <summary>
/// Tables with the settings that kan fit takes for AdamW: 60 % of the rows to train on, 20 % to choose learning rate (of two, seed 0) and epoch, 20 % for the error.
/// </summary>
internal static class TableRuns
{
    private static readonly double[] s_rates = [5e-3, 2e-2];

    /// <summary>Trains a family with some seeds; one report for each.</summary>
    public static IEnumerable<Report> Run(string folder, string table, string family, long parameters, int seeds)
    {
        TableTask task = TableTask.All.First(entry => entry.Name == table);
        TabularProblem<float> first = task.Problem(folder, 0).As<float>();
        double rate = s_rates.MinBy(candidate => Fit(first, family, parameters, candidate, 0).Training.BestLoss);
        for (int seed = 0; seed < seeds; seed++)
        {
            TabularProblem<float> problem = task.Problem(folder, (ulong)seed).As<float>();
            TabularFit<float> fit = Fit(problem, family, parameters, rate, (ulong)seed);
            RegressionMetrics error = TabularEvaluation.Of(fit.Model, problem.Split.Test!).Regression!;
            yield return new Report("accuracy").Add("task", table).Add("family", family).Add("seed", seed).Add("parameters", fit.Model.Network.CountParameters())
                .Add("rate", rate).Add("best_epoch", fit.Training.BestEpoch).Add("seconds", fit.Training.Seconds).Add("rmse", error.Rmse);
        }
    }

    private static TabularFit<float> Fit(TabularProblem<float> problem, string family, long parameters, double rate, ulong seed)
    {
        bool perceptron = family == FamilyModel.Perceptron;
        FitOptions usual = TabularDefaults.Training(problem.Data.Count, mlp: false, "adamw");
        return TabularTrainer.Fit(problem, new TabularOptions
        {
            Mlp = perceptron,
            Hidden = [FamilyModel.Hidden(family, problem.Encoding.Inputs, problem.NetworkOutputs, parameters)],
            Layer = perceptron ? null : FamilyModel.Options(family, problem.Encoding.Inputs),
            Fit = usual with { Optimizer = new AdamW { LearningRate = rate, WeightDecay = 0.01 } },
            Seed = seed,
        });
    }
}
