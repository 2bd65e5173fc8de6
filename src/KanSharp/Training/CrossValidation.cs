using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>k-fold cross-validation: every sample is held out once; classes are spread evenly over the folds.</summary>
public static class CrossValidation
{
    /// <summary>Fits and scores anything.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="score">Fits on a round's training samples and returns named scores on the held-out ones, the same names in every round.</param>
    /// <param name="folds">Number of rounds, 2 to the number of samples (default 5).</param>
    /// <param name="seed">Seed of folds and rounds (default 0).</param>
    /// <param name="cancellation">Ends after the round in progress.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is out of range.</exception>
    public static CrossValidationResult Run<T>(
        Dataset<T> data,
        Func<CrossValidationFold<T>, IReadOnlyDictionary<string, double>> score,
        int folds = 5,
        ulong seed = 0,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(score);
        IReadOnlyList<Fold> plan = data.Folds(folds, seed);
        SplitRandom seeds = new SplitRandom(seed).Split("rounds");
        var rounds = new List<IReadOnlyDictionary<string, double>>();
        for (int index = 0; index < plan.Count; index++)
        {
            ulong roundSeed = seeds.NextUInt64();
            if (cancellation.IsCancellationRequested)
                return new CrossValidationResult(rounds, Cancelled: true);
            Fold fold = plan[index];
            rounds.Add(score(new CrossValidationFold<T>(index, data.Subset([.. fold.Train]), data.Subset([.. fold.Validation]), roundSeed)));
        }

        return new CrossValidationResult(rounds, Cancelled: false);
    }

    /// <summary>
    /// Trains a fresh module in every round and scores it: rmse, mae and r2 for target values; accuracy, macro_f1 and log_loss for classes. The
    /// held-out samples choose nothing: the best parameters are those with the lowest training loss.
    /// </summary>
    /// <param name="data">All samples.</param>
    /// <param name="create">Makes a module from a seed.</param>
    /// <param name="options">How to train; the seed is replaced by the round's.</param>
    /// <param name="folds">Number of rounds, 2 to the number of samples (default 5).</param>
    /// <param name="seed">Seed of folds and rounds (default 0).</param>
    /// <param name="cancellation">Ends training; the round in progress is dropped.</param>
    /// <exception cref="ArgumentException">Data, options and module do not fit together.</exception>
    public static CrossValidationResult Run<T>(
        Dataset<T> data, Func<ulong, Module<T>> create, FitOptions? options = null, int folds = 5, ulong seed = 0, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        options ??= new FitOptions();
        CrossValidationResult result = Run(
            data,
            fold =>
            {
                Module<T> module = create(fold.Seed);
                Trainer.Fit(module, fold.Train, options with { Seed = fold.Seed }, cancellation: cancellation);
                return cancellation.IsCancellationRequested ? new Dictionary<string, double>() : Scores(module, fold.HeldOut, options);
            },
            folds,
            seed,
            cancellation);
        bool incomplete = result.Rounds.Any(round => round.Count == 0);
        return incomplete ? new CrossValidationResult([.. result.Rounds.Where(round => round.Count > 0)], Cancelled: true) : result;
    }

    private static Dictionary<string, double> Scores<T>(Module<T> module, TrainingData<T> data, FitOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> outputs = Evaluation.Outputs(module, data, options.EvaluationBatch, options.Executor);
        if (data.HasLabels)
        {
            ClassificationMetrics classes = OutputMetrics.Classification(outputs, data);
            return new() { ["accuracy"] = classes.Accuracy, ["macro_f1"] = classes.MacroF1, ["log_loss"] = classes.LogLoss };
        }

        RegressionMetrics values = OutputMetrics.Regression(outputs, data);
        return new() { ["rmse"] = values.Rmse, ["mae"] = values.Mae, ["r2"] = values.R2 };
    }
}
