using System.Globalization;
using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Network and training for a table: what the options say, and rules of thumb for what they leave open.</summary>
internal sealed record TabularPlan(IReadOnlyList<int> Widths, KanLinearOptions Layer, FitOptions Fit)
{
    private const int LargeTable = 20000;
    private const int Steps = 30000;

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
        int[] hidden = mlp ? [64, 64] : [inputs + outputs > 20 || rows > LargeTable / 4 ? 32 : 16];
        choices.Add(string.Create(CultureInfo.InvariantCulture, $"width {string.Join(',', (int[])[inputs, .. hidden, outputs])} for {rows} training rows and {inputs} features"));
        return hidden;
    }

    private static KanLinearOptions ChooseLayer(int rows, bool mlp, List<string> choices)
    {
        int intervals = rows > LargeTable / 4 ? 8 : 5;
        if (!mlp)
            choices.Add(string.Create(CultureInfo.InvariantCulture, $"cubic splines on {intervals} intervals"));
        return new BSplineOptions { Intervals = intervals };
    }

    private static FitOptions ChooseTraining(int rows, bool mlp, bool validates, List<string> choices)
    {
        // A perceptron's steps are cheaper and it needs more of them
        int batch = rows > LargeTable ? 128 : mlp && rows < LargeTable / 10 ? 32 : 64;
        int stepsPerEpoch = (rows + batch - 1) / batch;
        int epochs = mlp ? Math.Clamp(2 * Steps / stepsPerEpoch, 40, 400) : Math.Clamp(Steps / stepsPerEpoch, 40, 200);
        // Rates and decays that did best on the average over the regression and classification tables of docs/results.md
        AdamW optimizer = mlp ? new AdamW { LearningRate = 0.01, WeightDecay = 1e-3 } : new AdamW { LearningRate = 0.005, WeightDecay = 0.2 };
        string grids = mlp ? "" : ", grids following the data in the first third";
        string best = validates ? ", best epoch by validation loss" : "";
        choices.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"AdamW with learning rate {optimizer.LearningRate} falling to 0 over {epochs} epochs, weight decay {optimizer.WeightDecay}, batches of {batch}{grids}{best}"));
        return new FitOptions
        {
            Optimizer = optimizer,
            Schedule = new CosineSchedule(),
            BatchSize = batch,
            Epochs = epochs,
            GridUpdates = mlp ? null : new GridUpdateSchedule { Every = 20, Until = epochs / 3 },
        };
    }
}
