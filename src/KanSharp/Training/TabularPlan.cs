using System.Globalization;
using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Network and training for a table: what the options say, and rules of thumb for what they leave open.</summary>
internal sealed record TabularPlan(IReadOnlyList<int> Widths, KanLinearOptions Layer, FitOptions Fit)
{
    public static TabularPlan For(int rows, int inputs, int outputs, TabularTask task, TabularOptions options, OptimizerChoice optimizer, List<string> choices)
    {
        IReadOnlyList<int> hidden = options.Hidden ?? ChooseHidden(rows, inputs, outputs, options, optimizer, choices);
        FitOptions fit = options.Fit ?? ChooseTraining(rows, options, optimizer, choices);
        KanLinearOptions layer = options.Layer ?? ChooseLayer(rows, fit.GridSchedule, options.Mlp, choices);
        if (options.Layer is { HasFreeGrid: false })
            fit = fit with { GridSchedule = null, GridUpdates = null };
        Loss loss = fit.Loss ?? task switch
        {
            TabularTask.Regression => new MeanSquaredError(),
            TabularTask.Binary => new BinaryCrossEntropy(),
            _ => new CrossEntropy(),
        };
        return new TabularPlan([inputs, .. hidden, outputs], layer, fit with { Loss = loss, Seed = options.Seed });
    }

    private static int[] ChooseHidden(int rows, int inputs, int outputs, TabularOptions options, OptimizerChoice optimizer, List<string> choices)
    {
        int[] hidden = TabularDefaults.Hidden(rows, inputs, outputs, options.Mlp, options.Fit?.Optimizer.Name ?? optimizer.Optimizer, optimizer.NoiseFree);
        choices.Add(string.Create(CultureInfo.InvariantCulture, $"width {string.Join(',', (int[])[inputs, .. hidden, outputs])} for {rows} training rows and {inputs} features"));
        return hidden;
    }

    private static KanLinearOptions ChooseLayer(int rows, GridSchedule? schedule, bool mlp, List<string> choices)
    {
        int intervals = schedule?.Intervals[0] ?? TabularDefaults.Intervals(rows);
        if (!mlp)
            choices.Add($"cubic splines on {(schedule is null ? intervals.ToString(CultureInfo.InvariantCulture) : string.Join(", ", schedule.Intervals))} intervals");
        return new BSplineOptions { Intervals = intervals };
    }

    private static FitOptions ChooseTraining(int rows, TabularOptions options, OptimizerChoice optimizer, List<string> choices)
    {
        FitOptions fit = TabularDefaults.Training(rows, options.Mlp, optimizer.Optimizer, optimizer.NoiseFree);
        if (options.Optimizer is null)
            choices.Add($"optimizer {optimizer.Optimizer}: {optimizer.Reason}");
        string grids = fit.GridUpdates is not { } updates ? ""
            : updates.Until == 1 ? ", grids on the quantiles of the data"
            : ", grids following the data in the first third";
        string best = options.Validation > 0 ? ", best epoch by validation loss" : "";
        string steps = fit.BatchSize == 0 ? "all rows in every step" : $"batches of {fit.BatchSize.ToString(CultureInfo.InvariantCulture)}";
        choices.Add(string.Create(CultureInfo.InvariantCulture, $"{Settings(fit)}{steps}, {fit.Epochs} epochs{grids}{best}"));
        return fit;
    }

    private static string Settings(FitOptions fit) => fit.Optimizer switch
    {
        LevenbergMarquardt { Ridge: > 0 } solver => string.Create(CultureInfo.InvariantCulture, $"ridge {solver.Ridge:G2}, "),
        LevenbergMarquardt => "",
        AdamW adamw => string.Create(
            CultureInfo.InvariantCulture, $"AdamW with learning rate {adamw.LearningRate} falling to 0, weight decay {adamw.WeightDecay}, "),
        _ => string.Create(CultureInfo.InvariantCulture, $"learning rate {fit.Optimizer.LearningRate}, "),
    };
}
