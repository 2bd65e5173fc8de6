using System.Numerics;
using System.Text.Json;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Cli.Runs;

/// <summary>The folder of a training run.</summary>
internal sealed class RunFolder
{
    private const string RecordName = "run.json";

    private RunFolder(string path) => Path = path;

    public string Path { get; }

    public string BestModel => File("best.safetensors");

    /// <summary>Whether a folder holds a run.</summary>
    public static bool Exists(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, RecordName));

    /// <summary>A folder for a new run; one that holds a run is refused.</summary>
    public static RunFolder ForNewRun(string path)
    {
        if (System.IO.File.Exists(path))
            throw UserErrorException.Usage($"--run {path} is a file; the name of a folder was expected");
        if (Exists(path))
            throw new UserErrorException($"--run {path} already holds a run; continue it with kan resume {path}, or name another folder");
        return new RunFolder(path);
    }

    /// <summary>A folder with a run.</summary>
    public static RunFolder Open(string path) => Exists(path)
        ? new RunFolder(path)
        : throw new UserErrorException(Directory.Exists(path)
            ? $"{path} holds no run ({RecordName} is missing); runs are made with kan fit --run {path}"
            : $"{path}: there is no such folder; expected one that kan fit --run made");

    public void Create() => Directory.CreateDirectory(Path);

    public CheckpointFile<T> Checkpoint<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(File("checkpoint.safetensors"));

    public RunCheckpoints<T> Checkpoints<T>(string metric, TrainingCheckpoint<T>? resume)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Checkpoint<T>(), new MetricsLog(File("metrics.jsonl"), metric, resume?.History ?? []));

    public void Save(RunRecord record) => OutputFile.Write(File(RecordName), JsonSerializer.Serialize(record, RunJson.Default.RunRecord) + "\n");

    public RunRecord Load()
    {
        try
        {
            RunRecord? record = JsonSerializer.Deserialize(System.IO.File.ReadAllText(File(RecordName)), RunJson.Default.RunRecord);
            return record is { Format: 1 } ? record : throw new UserErrorException($"{File(RecordName)}: format {record?.Format}; this program reads format 1");
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{File(RecordName)} is damaged: {error.Message}");
        }
    }

    /// <summary>Writes models, pictures and report of a finished run.</summary>
    public void SaveResults<T>(FitOutcome<T> outcome, TrainingCheckpoint<T>? last)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TabularModel<T> model = outcome.Fit.Model;
        ModelFile.Save(BestModel, model);
        OutcomePictures<T> pictures = new(outcome);
        if (pictures.Network is { } network)
            OutputFile.Write(File("network.svg"), network.ToSvg());
        OutputFile.Write(File("loss.svg"), pictures.Loss.ToSvg());
        OutputFile.Write(File("report.html"), OutcomePage.Write(outcome, pictures));
        FitResult<T> training = outcome.Fit.Training;
        Save(Load() with
        {
            Result = new RunResult(
                JsonNamingPolicy.SnakeCaseLower.ConvertName(training.Reason.ToString()),
                training.History.Count,
                training.BestEpoch,
                double.IsFinite(training.BestLoss) ? training.BestLoss : null,
                training.Seconds),
        });
        if (last is null)
            return;
        if (model.Network is KanNetwork<T> kan)
        {
            // its grids may be finer than those of the best one
            var latest = new TabularModel<T>(last.ToNetwork(kan), model.Encoding, model.InputScaling, model.TargetScaling, model.Units, model.Notes);
            ModelFile.Save(File("last.safetensors"), latest);
            return;
        }

        var best = new TrainedState<T>(model.Network);
        last.CopyTo(model.Network);
        ModelFile.Save(File("last.safetensors"), model);
        best.Restore();
    }

    /// <summary>The history that metrics.jsonl holds.</summary>
    public string MetricsFile => File("metrics.jsonl");

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
