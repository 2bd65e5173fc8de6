using System.Numerics;
using KanSharp.Cli.Output;
using KanSharp.Cli.Runs;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>Trains, evaluates and writes the files.</summary>
internal sealed class FitJob<T>(FitSettings settings, TabularProblem<T> problem, RunFolder? folder, Terminal terminal)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs; cancelling ends training and keeps the best model.</summary>
    public FitOutcome<T> Run(TrainingCheckpoint<T>? resume, CancellationToken cancellation)
    {
        using Executor? own = settings.Threads > 0 ? new Executor(settings.Threads) : null;
        TabularOptions options = FitChoices.TrainingOptions(settings, problem.Data.Count);
        options = options with { Fit = options.Fit! with { Executor = own } };
        Metric<T> metric = TabularEvaluation.EpochMetric(problem);
        RunCheckpoints<T>? checkpoints = folder?.Checkpoints<T>(metric.Name, resume);
        using EventLog<T>? events = EventLog<T>.Start(settings.Tensorboard, metric.Name, settings.Epochs!.Value, problem.Data.Inputs);
        var hooks = new FitHooks<T> { Metrics = [metric], Checkpoints = checkpoints, Resume = resume, EpochCompleted = events is null ? null : events.Record };
        TabularFit<T> fit;
        try
        {
            fit = TrainingDisplay.Run(
                terminal, metric.Name, progress => TabularTrainer.Fit(problem, options, progress, hooks, cancellation));
        }
        finally
        {
            checkpoints?.Close();
        }

        ModelFile.Save(settings.Out!, fit.Model);
        (string part, Data.Dataset<double> rows) = fit.HeldOut;
        var outcome = new FitOutcome<T>(settings, fit, metric.Name, part, rows, fit.Model.Predict(rows.Features, own))
        {
            Folder = folder,
        };
        events?.Finish(fit.Model.Network is KanNetwork<T> ? NetworkPictures.Diagram(fit.Model, fit.Problem.Split.Train).Draw() : null, fit.Training.History.Count);
        folder?.SaveResults(outcome, checkpoints?.Latest);
        return outcome;
    }
}
