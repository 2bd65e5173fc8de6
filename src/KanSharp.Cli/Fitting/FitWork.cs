using System.Numerics;
using KanSharp.Cli.Commands;
using KanSharp.Cli.Output;
using KanSharp.Cli.Runs;
using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>A training run from settings to printed result; new or resumed.</summary>
internal static class FitWork
{
    /// <summary>Starts a new run.</summary>
    public static int Run(FitSettings settings, string? runPath, bool json, Terminal terminal, CancellationToken cancellation)
    {
        RunFolder? folder = runPath is null ? null : RunFolder.ForNewRun(runPath);
        if (settings.Out is not null)
            OutputFile.CheckFolder(settings.Out, "--out");
        Table table = FitInput.Read(settings.Data, TableReading.Options(settings.MissingTexts, settings.TextColumns));
        var said = new List<string>();
        settings = settings with { Targets = FitInput.Targets(table, settings.Targets), Exclude = FitInput.Columns(table, settings.Exclude) };
        foreach (string column in settings.Exclude)
            FitInput.Require(table, column, "--exclude");
        FitInput.CheckMissing(table, [.. table.Columns.Select(column => column.Name).Except(settings.Exclude)], settings.Missing);
        settings = FitChoices.Early(settings, said);
        string output = settings.Out ?? folder?.BestModel ?? OutputFile.Named(settings.Data, ".kan.safetensors");
        if (settings.Out is null && folder is null && File.Exists(output))
            terminal.Note($"note: {output} will be replaced (--out names another file)");
        TabularProblem<double> problem = TabularProblem<double>.Create(table, settings.Targets, FitChoices.DataOptions(settings));
        if (settings.Task is null)
            said.Insert(0, $"task: {TaskNames.Of(problem)} (--task)");
        settings = SolverChoices.Choose(settings with { Out = output }, problem, said, cancellation, out bool noiseFree);
        return settings.Precision == "f64"
            ? New(settings, noiseFree, problem, table, folder, said, json, terminal, cancellation)
            : New(settings, noiseFree, problem.As<float>(), table, folder, said, json, terminal, cancellation);
    }

    /// <summary>Goes on with a stored run.</summary>
    public static int Resume(RunFolder folder, RunRecord record, int? epochs, double? seconds, string? tensorboard, bool json, Terminal terminal, CancellationToken cancellation) =>
        record.Options.Precision == "f64"
            ? Resumed<double>(folder, record, epochs, seconds, tensorboard, json, terminal, cancellation)
            : Resumed<float>(folder, record, epochs, seconds, tensorboard, json, terminal, cancellation);

    private static int New<T>(
        FitSettings settings, bool noiseFree, TabularProblem<T> problem, Table table, RunFolder? folder, List<string> said, bool json, Terminal terminal, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        settings = FitChoices.Late(settings, problem.Data.Count, problem.Encoding.Inputs, problem.NetworkOutputs, said, noiseFree);
        FitNotes.Data(problem, table, terminal);
        FitNotes.Choices(said, terminal);
        folder?.Create();
        folder?.Save(RunRecord.Of(settings, table, said));
        var job = new FitJob<T>(settings, problem, folder, terminal);
        return FitReport.Write(job.Run(null, cancellation), said, json, terminal);
    }

    private static int Resumed<T>(
        RunFolder folder, RunRecord record, int? epochs, double? seconds, string? tensorboard, bool json, Terminal terminal, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingCheckpoint<T> checkpoint = folder.Checkpoint<T>().Load()
            ?? throw new UserErrorException($"{folder.Path}: there is no checkpoint to go on from; the run ended before its first epoch. Start it anew with kan fit");
        FitSettings settings = record.Options;
        int total = epochs ?? settings.Epochs!.Value;
        if (total <= checkpoint.Epoch)
        {
            throw UserErrorException.Usage(
                $"{folder.Path}: {checkpoint.Epoch} epochs are done and {total} were asked for; give more, for example --epochs {2 * checkpoint.Epoch}");
        }

        if (total != settings.Epochs && settings.Grids is not null)
            throw UserErrorException.Usage($"{folder.Path}: --epochs {total}: a run over several grids has shared out its {settings.Epochs} epochs; resume it without --epochs");
        if (total != settings.Epochs && settings.Schedule == "cosine")
            terminal.Note($"note: the learning rate falls to 0 at the last epoch, which is now {total} instead of {settings.Epochs}");
        settings = settings with { Epochs = total, Tensorboard = tensorboard is null ? settings.Tensorboard : Path.GetFullPath(tensorboard), TimeLimit = seconds is null ? null : checkpoint.Numbers["seconds"] + seconds };
        Table table = FitInput.Read(settings.Data, TableReading.Options(settings.MissingTexts, settings.TextColumns));
        TabularProblem<T> problem = TabularProblem<T>.Create(table, settings.Targets, FitChoices.DataOptions(settings));
        terminal.Note($"resuming {folder.Path} after epoch {checkpoint.Epoch} of {total}");
        folder.Save(record with { Options = settings with { TimeLimit = record.Options.TimeLimit }, Result = null });
        var job = new FitJob<T>(settings, problem, folder, terminal);
        return FitReport.Write(job.Run(checkpoint, cancellation), [], json, terminal);
    }
}
