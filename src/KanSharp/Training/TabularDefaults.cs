namespace KanSharp.Training;

/// <summary>
/// Rules of thumb for what a user leaves open, from the size of the table alone, so that they can be said aloud and stored. Rates and decays
/// are those that did best on the average over the regression and classification tables of docs/results.md.
/// </summary>
public static class TabularDefaults
{
    private const int LargeTable = 20000;
    private const int Steps = 30000;

    /// <summary>Nodes of the hidden levels: for a KAN one level of 16 or 32, for an MLP two of 64.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="inputs">Encoded features.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="mlp">Whether a multilayer perceptron is meant.</param>
    public static int[] Hidden(int rows, int inputs, int outputs, bool mlp = false) =>
        mlp ? [64, 64] : [inputs + outputs > 20 || rows > LargeTable / 4 ? 32 : 16];

    /// <summary>Grid intervals of KAN layers: 5, or 8 for larger tables.</summary>
    /// <param name="rows">Training rows.</param>
    public static int Intervals(int rows) => rows > LargeTable / 4 ? 8 : 5;

    /// <summary>Optimiser, schedule, batch size, epochs and grid updates.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="mlp">Whether a multilayer perceptron is meant.</param>
    /// <param name="optimizer">Name of the optimiser, see <see cref="OptimizerOptions.Names"/>; AdamW if null.</param>
    /// <exception cref="ArgumentException">No optimiser has that name.</exception>
    public static FitOptions Training(int rows, bool mlp = false, string? optimizer = null)
    {
        OptimizerOptions chosen = OptimizerOptions.Parse(optimizer ?? "adamw");
        if (chosen is QuasiNewtonOptions)
            return new FitOptions { Optimizer = chosen, BatchSize = 0, Epochs = 30 };
        // A perceptron's steps are cheaper and it needs more of them
        int batch = rows > LargeTable ? 128 : mlp && rows < LargeTable / 10 ? 32 : 64;
        int stepsPerEpoch = (rows + batch - 1) / batch;
        int epochs = mlp ? Math.Clamp(2 * Steps / stepsPerEpoch, 40, 400) : Math.Clamp(Steps / stepsPerEpoch, 40, 200);
        return new FitOptions
        {
            Optimizer = chosen switch
            {
                AdamW => mlp ? new AdamW { LearningRate = 0.01, WeightDecay = 1e-3 } : new AdamW { LearningRate = 0.005, WeightDecay = 0.2 },
                Adam => new Adam { LearningRate = 0.005 },
                RmsProp => new RmsProp { LearningRate = 0.002 },
                Sgd => new Sgd { LearningRate = 0.02, Momentum = 0.9 },
                _ => chosen,
            },
            Schedule = new CosineSchedule(),
            BatchSize = batch,
            Epochs = epochs,
            GridUpdates = mlp ? null : new GridUpdateSchedule { Every = 20, Until = epochs / 3 },
        };
    }
}
