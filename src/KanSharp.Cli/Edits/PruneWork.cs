using System.Globalization;
using System.Numerics;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Cli.Edits;

/// <summary>Prunes a stored model.</summary>
internal sealed class PruneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly StoredNetwork<T> _stored;
    private readonly PruneSettings _settings;
    private readonly Terminal _terminal;
    private readonly Dataset<double> _train;
    private readonly Dataset<double> _judge;

    private PruneWork(StoredNetwork<T> stored, Dataset<double> rows, PruneSettings settings, Terminal terminal)
    {
        (_stored, _settings, _terminal) = (stored, settings, terminal);
        (_train, _judge) = (rows, rows);
        if (settings.LeastHarm is null && settings.Refit == 0)
            return;
        DataSplit<double> split = rows.Split(settings.Validation, 0, settings.Seed);
        (_train, _judge) = (split.Train, split.Validation!);
    }

    public static int Run(ModelPath path, Table table, PruneSettings settings, bool json, Terminal terminal, CancellationToken cancellation)
    {
        StoredNetwork<T> stored = StoredNetwork<T>.Load(path, settings.Missing);
        var work = new PruneWork<T>(stored, stored.Rows(table, terminal), settings, terminal);
        Pruning<T> done = settings.LeastHarm is null ? work.ByScores(cancellation) : work.ByHarm(cancellation);
        if (!settings.DryRun)
            stored.Save(settings.Out, done.Network, Edit(done));
        foreach (string note in done.Notes)
            terminal.Note($"note: {note}");
        if (json)
            JsonResult.Write(terminal.Out, done.Members);
        else
            done.Text(terminal);
        return cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Success;
    }

    private Pruning<T> ByScores(CancellationToken cancellation)
    {
        var usual = new PruneOptions();
        (KanNetwork<T> network, PruneReport report) = Pruner.Prune(_stored.Network, _stored.Model.Scale(_train).Inputs, usual with
        {
            EdgeThreshold = _settings.Edges ?? (_settings.Keeps ? null : usual.EdgeThreshold),
            NodeThreshold = _settings.Nodes ?? (_settings.Keeps ? null : usual.NodeThreshold),
            InputThreshold = _settings.Inputs,
            KeepEdges = _settings.KeepEdges,
            KeepNodes = _settings.KeepNodes,
            KeepInputs = _settings.KeepInputs,
            DropUnusedInputs = true,
        });
        if (_settings.Refit > 0)
            network = Refit(network, cancellation);
        return Done(network, report.Notes) with { Report = report };
    }

    private Pruning<T> ByHarm(CancellationToken cancellation)
    {
        LeastHarmResult<T> result = LeastHarm.Reduce(
            _stored.Network,
            _stored.Model.Scale(_train, _judge),
            new LeastHarmOptions
            {
                Tolerance = _settings.LeastHarm!.Value,
                Refit = _settings.Refit > 0 ? _stored.TrainingOptions(_train.Count, _settings.Refit) : null,
                Loss = _stored.Loss,
            },
            cancellation);
        (KanNetwork<T> network, _) = Pruner.Prune(
            result.Network, _stored.Model.Scale(_train).Inputs, new PruneOptions { NodeThreshold = null, EdgeThreshold = null, DropUnusedInputs = true });
        return Done(network, result.Notes) with { Steps = result.Steps };
    }

    private Pruning<T> Done(KanNetwork<T> network, IReadOnlyList<string> notes) => new()
    {
        Settings = _settings,
        Before = _stored.Network,
        Network = network,
        Errors = new ErrorChange(TabularEvaluation.Of(_stored.Model, _judge), TabularEvaluation.Of(_stored.With(network, ""), _judge)),
        InputNames = [.. _stored.Network.InputSelection.Select(column => _stored.Model.Encoding.FeatureNames[column])],
        KeptNames = [.. network.InputSelection.Select(column => _stored.Model.Encoding.FeatureNames[column])],
        Notes = notes,
    };

    private KanNetwork<T> Refit(KanNetwork<T> network, CancellationToken cancellation)
    {
        FitOptions options = _stored.TrainingOptions(_train.Count, _settings.Refit);
        FitResult<T> fit = TrainingDisplay.Run(
            _terminal, "", progress => Trainer.Fit(network, _stored.Model.Scale(_train, _judge), options, progress, null, cancellation));
        return (KanNetwork<T>)fit.Module;
    }

    private static string Edit(Pruning<T> done) => string.Create(
        CultureInfo.InvariantCulture, $"pruned from {done.EdgesBefore} to {done.EdgesAfter} edges{(done.Settings.Refit > 0 ? $" and trained for {done.Settings.Refit} epochs" : "")}");
}
