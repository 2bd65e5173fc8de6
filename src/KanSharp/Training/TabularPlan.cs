using System.Globalization;
using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Network and training for a table: what the options say, and rules of thumb for what they leave open.</summary>
internal sealed record TabularPlan(IReadOnlyList<int> Widths, KanLinearOptions Layer, FitOptions Fit)
{
    private const int SmallTable = 2000;
    private const int StepsAtLeast = 1500;

    public static TabularPlan For(int rows, int inputs, int outputs, TabularTask task, TabularOptions options, List<string> choices)
    {
        IReadOnlyList<int> hidden = options.Hidden ?? ChooseHidden(rows, inputs, outputs, options.Mlp, choices);
        KanLinearOptions layer = options.Layer ?? ChooseLayer(rows, options.Mlp, choices);
        FitOptions fit = options.Fit ?? ChooseTraining(rows, options.Validation > 0, choices);
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
        // About one coefficient per four rows at the usual grid, within 4 and 32 nodes
        int[] hidden = mlp ? [64, 64] : [Math.Clamp(rows / (40 * (inputs + outputs)), 4, 32)];
        choices.Add(string.Create(CultureInfo.InvariantCulture, $"width {string.Join(',', (int[])[inputs, .. hidden, outputs])} (from {rows} training rows and {inputs} features)"));
        return hidden;
    }

    private static KanLinearOptions ChooseLayer(int rows, bool mlp, List<string> choices)
    {
        int intervals = rows < SmallTable ? 3 : rows < 10 * SmallTable ? 5 : 8;
        if (!mlp)
            choices.Add(string.Create(CultureInfo.InvariantCulture, $"grid of {intervals} intervals, cubic splines"));
        return new BSplineOptions { Intervals = intervals };
    }

    private static FitOptions ChooseTraining(int rows, bool validates, List<string> choices)
    {
        int batch = rows < SmallTable ? 32 : rows < 10 * SmallTable ? 64 : 128;
        int stepsPerEpoch = (rows + batch - 1) / batch;
        int epochs = Math.Clamp(20 * StepsAtLeast / stepsPerEpoch, 60, 400);
        choices.Add(string.Create(CultureInfo.InvariantCulture, $"AdamW, learning rate 0.01 falling to 0 over {epochs} epochs in batches of {batch}{(validates ? ", best epoch by validation loss" : "")}"));
        return new FitOptions
        {
            Optimizer = new AdamW { LearningRate = 0.01, WeightDecay = 1e-3 },
            Schedule = new CosineSchedule(),
            BatchSize = batch,
            Epochs = epochs,
        };
    }
}
