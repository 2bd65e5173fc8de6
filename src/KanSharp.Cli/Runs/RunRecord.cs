using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using KanSharp.Cli.Fitting;
using KanSharp.Data;

namespace KanSharp.Cli.Runs;

/// <summary>What run.json says: enough to repeat the run and to go on with it.</summary>
internal sealed record RunRecord
{
    /// <summary>Version of this layout.</summary>
    public int Format { get; init; } = 1;

    public required DateTimeOffset Started { get; init; }

    /// <summary>All options, the chosen ones included; paths are absolute.</summary>
    public required FitSettings Options { get; init; }

    /// <summary>What was chosen because nothing else was asked for.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    public required RunData Data { get; init; }

    public required RunVersions Versions { get; init; }

    /// <summary>How it ended; null while it runs.</summary>
    public RunResult? Result { get; init; }

    public static RunRecord Of(FitSettings settings, Table table, IReadOnlyList<string> choices) => new()
    {
        Started = DateTimeOffset.Now,
        Options = settings with { Data = Path.GetFullPath(settings.Data), Out = Path.GetFullPath(settings.Out!), Tensorboard = settings.Tensorboard is { } events ? Path.GetFullPath(events) : null },
        Choices = choices,
        Data = new RunData(HashOf(settings.Data), table.RowCount, table.Columns.Count),
        Versions = new RunVersions(
            typeof(KanSharp.Training.Trainer).Assembly.GetName().Version!.ToString(3),
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.RuntimeIdentifier,
            System.Numerics.Vector<byte>.Count * 8),
    };

    /// <summary>SHA-256 of a file in hexadecimal digits.</summary>
    public static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>The data of a run.</summary>
internal sealed record RunData(string Sha256, int Rows, int Columns);

/// <summary>What computed a run.</summary>
internal sealed record RunVersions([property: JsonPropertyName("kansharp")] string KanSharp, string Runtime, string Platform, int VectorBits);

/// <summary>How a run ended.</summary>
internal sealed record RunResult(string Reason, int Epochs, int BestEpoch, double? BestLoss, double Seconds);
