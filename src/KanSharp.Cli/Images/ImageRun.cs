using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using KanSharp.Cli.Output;
using KanSharp.Cli.Runs;
using KanSharp.Interchange;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>The folder of a training run on images.</summary>
internal sealed class ImageRun
{
    private const string RecordName = "image-run.json";

    private ImageRun(string path) => Path = path;

    public string Path { get; }

    /// <summary>Whether a folder holds a run on images.</summary>
    public static bool Exists(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, RecordName));

    /// <summary>A folder for a new run; one that holds a run is refused.</summary>
    public static ImageRun ForNewRun(string path)
    {
        if (System.IO.File.Exists(path))
            throw UserErrorException.Usage($"--run {path} is a file; the name of a folder was expected");
        bool begun = Exists(path) && System.IO.File.Exists(System.IO.Path.Combine(path, "checkpoint.safetensors"));
        if (begun || RunFolder.Exists(path))
            throw new UserErrorException($"--run {path} already holds a run; continue it with kan resume {path}, or name another folder");
        return new ImageRun(path);
    }

    public static ImageRun Open(string path) => new(path);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public CheckpointFile<T> Checkpoint<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(File("checkpoint.safetensors"));

    public RunCheckpoints<T> Checkpoints<T>(TrainingCheckpoint<T>? resume)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Checkpoint<T>(), new MetricsLog(File("metrics.jsonl"), "accuracy", resume?.History ?? []));

    public void Save(TrainSettings settings)
    {
        Directory.CreateDirectory(Path);
        OutputFile.Write(File(RecordName), JsonSerializer.Serialize(new ImageRunRecord(1, settings), ImageRunJson.Default.ImageRunRecord) + "\n");
    }

    public TrainSettings Load()
    {
        try
        {
            ImageRunRecord? record = JsonSerializer.Deserialize(System.IO.File.ReadAllText(File(RecordName)), ImageRunJson.Default.ImageRunRecord);
            return record is { Format: 1 } ? record.Options : throw new UserErrorException($"{File(RecordName)}: format {record?.Format}; this program reads format 1");
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{File(RecordName)} is damaged: {error.Message}");
        }
    }
}

/// <summary>What image-run.json says.</summary>
internal sealed record ImageRunRecord(int Format, TrainSettings Options);

/// <summary>Reads and writes it without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageRunRecord))]
internal sealed partial class ImageRunJson : JsonSerializerContext;
