namespace KanSharp.Training;

/// <summary>
/// Rules of thumb for what a user leaves open, from the size of the table alone, so that they can be said aloud and stored. Rates and decays
/// are those that did best on the average over the regression and classification tables of docs/results.md. Which optimiser suits is said by <see cref="OptimizerChoice"/>.
/// </summary>
public static class TabularDefaults
{
    private const int LargeTable = 20000;
    private const int Steps = 30000;

    /// <summary>Steps of Levenberg-Marquardt, those of all grids together.</summary>
    internal const int LeastSquaresEpochs = 100;

    private const string LeastSquares = "lm";
    private const int LeastSquaresPatience = 15;
    private const double RidgeTimesRows = 0.3;

    /// <summary>Below it the sparse ends of heavy-tailed features run wild (California housing).</summary>
    private const double LeastRidge = 1e-4;

    /// <summary>Short first steps: with long ones the best epoch is the second or third, and early stopping has little to choose from.</summary>
    private const double NoisyDamping = 3;
    private const int KaczmarzEpochs = 100;
    private const double KaczmarzDamping = 1;

    /// <summary>Nodes of the hidden levels: for a KAN one level of 16 or 32, for an MLP two of 64.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="inputs">Encoded features.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="mlp">Whether a multilayer perceptron is meant.</param>
    /// <param name="optimizer">Name of the optimiser; steps of "lm" cost the cube of the number of parameters, so that it gets 8 or 16 nodes.</param>
    /// <param name="noiseFree">Whether the targets are a function of the features with next to no noise.</param>
    public static int[] Hidden(int rows, int inputs, int outputs, bool mlp = false, string? optimizer = null, bool noiseFree = false) =>
        mlp ? [64, 64]
        : optimizer == LeastSquares ? [noiseFree ? 8 : 16]
        : [inputs + outputs > 20 || rows > LargeTable / 4 ? 32 : 16];

    /// <summary>Grid intervals of KAN layers: 5, or 8 for larger tables.</summary>
    /// <param name="rows">Training rows.</param>
    public static int Intervals(int rows) => rows > LargeTable / 4 ? 8 : 5;

    /// <summary>Optimiser, schedule, batch size, epochs and grid updates.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="mlp">Whether a multilayer perceptron is meant.</param>
    /// <param name="optimizer">Name of the optimiser, see <see cref="OptimizerOptions.Names"/>; AdamW if null.</param>
    /// <param name="noiseFree">Whether the targets are a function of the features with next to no noise; "lm" then trains on ever finer grids.</param>
    /// <exception cref="ArgumentException">No optimiser has that name.</exception>
    public static FitOptions Training(int rows, bool mlp = false, string? optimizer = null, bool noiseFree = false)
    {
        OptimizerOptions chosen = OptimizerOptions.Parse(optimizer ?? "adamw");
        switch (chosen)
        {
            case QuasiNewtonOptions:
                return new FitOptions { Optimizer = chosen, BatchSize = 0, Epochs = 30 };
            case LevenbergMarquardt solver:
                return LeastSquaresTraining(rows, solver, mlp, noiseFree);
            case NewtonKaczmarz:
                return new FitOptions { Optimizer = new NewtonKaczmarz { Damping = KaczmarzDamping }, Epochs = KaczmarzEpochs };
        }

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

    /// <summary>
    /// On noisy targets one grid, on the quantiles of the data (not for large tables: quantiles of heavy-tailed features cost stability there), and a ridge that falls with the number of rows, as the prior of a Bayesian does; without noise ever
    /// finer grids and nothing that biases.
    /// </summary>
    private static FitOptions LeastSquaresTraining(int rows, LevenbergMarquardt solver, bool mlp, bool noiseFree) => new()
    {
        Optimizer = noiseFree ? solver : solver with { Ridge = Math.Max(LeastRidge, RidgeTimesRows / Math.Max(1, rows)), Damping = NoisyDamping },
        BatchSize = 0,
        Epochs = LeastSquaresEpochs,
        EarlyStopping = new EarlyStopping { Patience = LeastSquaresPatience },
        GridSchedule = noiseFree && !mlp ? new GridSchedule([3, 5, 10, 20]) : null,
        GridUpdates = noiseFree || mlp || rows > LargeTable / 4 ? null : new GridUpdateSchedule { Every = 20, Until = 1 },
    };
}
