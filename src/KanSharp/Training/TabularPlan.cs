using System.Globalization;
using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Network and training for a table: what the options say, and rules of thumb for what they leave open.</summary>
internal sealed record TabularPlan(IReadOnlyList<int> Widths, KanLinearOptions Layer, FitOptions Fit)
{
    public static TabularPlan For(int rows, int inputs, int outputs, TabularTask task, TabularOptions options, List<string> choices)
    {
        IReadOnlyList<int> hidden = options.Hidden ?? ChooseHidden(rows, inputs, outputs, options.Mlp, choices);
        KanLinearOptions layer = options.Layer ?? ChooseLayer(rows, options.Mlp, choices);
        FitOptions fit = options.Fit ?? ChooseTraining(rows, options.Mlp, options.Validation > 0, choices);
        Loss loss = fit.Loss ?? task switch
        {
            TabularTask.Regression => new MeanSquaredError(),
            TabularTask.Binary => new BinaryCrossEntropy(),
            _ => new CrossEntropy(),
        };
        return new TabularPlan([inputs, .. hidden, outputs], layer, fit with { Loss = loss, Seed = options.Seed });
    }

    private static int[] ChooseHidden(int rows, int inputs, int outputs, bool mlp, List<string> choices)
    {
        int[] hidden = TabularDefaults.Hidden(rows, inputs, outputs, mlp);
        choices.Add(string.Create(CultureInfo.InvariantCulture, $"width {string.Join(',', (int[])[inputs, .. hidden, outputs])} for {rows} training rows and {inputs} features"));
        return hidden;
    }

    private static KanLinearOptions ChooseLayer(int rows, bool mlp, List<string> choices)
    {
        int intervals = TabularDefaults.Intervals(rows);
        if (!mlp)
            choices.Add(string.Create(CultureInfo.InvariantCulture, $"cubic splines on {intervals} intervals"));
        return new BSplineOptions { Intervals = intervals };
    }

    private static FitOptions ChooseTraining(int rows, bool mlp, bool validates, List<string> choices)
    {
        FitOptions fit = TabularDefaults.Training(rows, mlp);
        string grids = fit.GridUpdates is null ? "" : ", grids following the data in the first third";
        string best = validates ? ", best epoch by validation loss" : "";
        choices.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"AdamW with learning rate {fit.Optimizer.LearningRate} falling to 0 over {fit.Epochs} epochs, weight decay {((AdamW)fit.Optimizer).WeightDecay}, batches of {fit.BatchSize}{grids}{best}"));
        return fit;
    }
}
