using System.Globalization;
using System.Numerics;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Training;

/// <summary>From a table to a trained model in one call.</summary>
public static class TabularTrainer
{
    /// <summary>Encodes, splits and scales a table, creates a network and trains it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">Target columns, at least one; several only for regression.</param>
    /// <param name="options">What to leave to choice and what not; the defaults if null.</param>
    /// <param name="progress">Receives reports during training.</param>
    /// <param name="hooks">Penalty, metrics, checkpoints, resumption; none if null.</param>
    /// <param name="cancellation">Ends training; the best model so far is returned, no exception.</param>
    /// <exception cref="DataFormatException">A column or a cell is not as needed.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TabularFit<T> Fit<T>(
        Table table,
        IReadOnlyList<string> targets,
        TabularOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        FitHooks<T>? hooks = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Fit(TabularProblem<T>.Create(table, targets, options), options, progress, hooks, cancellation);

    /// <summary>Creates a network for a prepared problem and trains it.</summary>
    /// <param name="problem">The rows.</param>
    /// <param name="options">What to leave to choice and what not; the defaults if null.</param>
    /// <param name="progress">Receives reports during training.</param>
    /// <param name="hooks">Penalty, metrics, checkpoints, resumption; none if null.</param>
    /// <param name="cancellation">Ends training; the best model so far is returned, no exception.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TabularFit<T> Fit<T>(
        TabularProblem<T> problem,
        TabularOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        FitHooks<T>? hooks = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new TabularOptions();
        var choices = new List<string>();
        OptimizerChoice optimizer = options.Fit is { } given
            ? new OptimizerChoice(given.Optimizer.Name, "given", given.GridSchedule is not null)
            : OptimizerChoice.For(problem, options, cancellation: cancellation);
        TabularPlan plan = TabularPlan.For(problem.Data.Count, problem.Encoding.Inputs, problem.NetworkOutputs, problem.Task, options, optimizer, choices);
        if (options.Mlp && options.Starts > 1)
            throw new ArgumentException($"Starts is {options.Starts}; several starts are for KANs, a perceptron has one.", nameof(options));
        var notes = new Dictionary<string, string>
        {
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["training_rows"] = problem.Data.Count.ToString(CultureInfo.InvariantCulture),
        };
        (FitResult<T> result, ulong? start) = Train(problem, plan, options, progress, hooks, cancellation);
        // a schedule of grids ends with another network than it began with
        var model = new TabularModel<T>(result.Module, problem.Encoding, problem.InputScaling, problem.TargetScaling, options.Units, notes);
        return new TabularFit<T>(model, result, problem, choices) { StartSeed = start };
    }

    private static (FitResult<T> Result, ulong? Start) Train<T>(
        TabularProblem<T> problem, TabularPlan plan, TabularOptions options, IProgress<TrainingProgress>? progress, FitHooks<T>? hooks, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (options.Mlp)
            return (Trainer.Fit(Mlp<T>.Create(plan.Widths, seed: options.Seed), problem.Data, plan.Fit, progress, hooks, cancellation), null);
        if (options.Starts == 1)
            return (Trainer.Fit(Create(problem, plan, options.Seed), problem.Data, plan.Fit, progress, hooks, cancellation), null);
        MultiStartResult<T> several = MultiStart.Fit(
            seed => Create(problem, plan, seed), problem.Data, plan.Fit,
            new MultiStartOptions { Starts = options.Starts, Seed = options.Seed }, progress, hooks, cancellation);
        return (several.Fit, several.Losses.Count > 0 ? several.Seed : null);
    }

    /// <summary>A fresh network; ranges that its layers take from data are those of the training rows.</summary>
    private static KanNetwork<T> Create<T>(TabularProblem<T> problem, TabularPlan plan, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanNetwork<T> network = KanNetwork<T>.Create(plan.Widths, plan.Layer, seed);
        InputRanges.Apply(network, problem.Data.Inputs);
        return network;
    }
}
