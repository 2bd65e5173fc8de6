using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace KanSharp.Training;

/// <summary>Everything of a checkpoint but its arrays as JSON text; numbers come back bit for bit.</summary>
internal static class TrainingCheckpointJson
{
    private const int Version = 1;

    public static string Write<T>(TrainingCheckpoint<T> checkpoint)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartObject("settings");
            foreach ((string name, string value) in checkpoint.Settings)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteStartObject("counters");
            foreach ((string name, long value) in checkpoint.Counters)
                json.WriteNumber(name, value);
            json.WriteEndObject();
            json.WriteStartObject("numbers");
            foreach ((string name, double value) in checkpoint.Numbers)
                Write(json, name, value);
            json.WriteEndObject();
            json.WriteStartArray("history");
            foreach (EpochRecord record in checkpoint.History)
                Write(json, record);
            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (string warning in checkpoint.Warnings)
                json.WriteStringValue(warning);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="FormatException">The text is no checkpoint of this version.</exception>
    public static TrainingCheckpoint<T> Read<T>(string text, IReadOnlyDictionary<string, T[]> arrays)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            if (version != Version)
                throw new FormatException($"the checkpoint has version {version}; this program reads version {Version}");
            return new TrainingCheckpoint<T>(
                arrays,
                root.GetProperty("counters").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetInt64()),
                root.GetProperty("numbers").EnumerateObject().ToDictionary(item => item.Name, item => Number(item.Value)),
                root.GetProperty("settings").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!),
                [.. root.GetProperty("history").EnumerateArray().Select(Record)],
                [.. root.GetProperty("warnings").EnumerateArray().Select(item => item.GetString()!)]);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"the checkpoint's description is damaged: {error.Message}", error);
        }
    }

    private static void Write(Utf8JsonWriter json, EpochRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", record.Epoch);
        Write(json, "training_loss", record.TrainingLoss);
        Write(json, "penalty", record.Penalty);
        if (record.ValidationLoss is { } validation)
            Write(json, "validation_loss", validation);
        json.WriteStartArray("metrics");
        foreach (double metric in record.Metrics)
            WriteValue(json, metric);
        json.WriteEndArray();
        Write(json, "learning_rate", record.LearningRate);
        Write(json, "seconds", record.Seconds);
        if (record.Intervals is { } intervals)
            json.WriteNumber("intervals", intervals);
        if (record.Solver is { } solver)
        {
            json.WriteStartObject("solver");
            json.WriteNumber("accepted", solver.Accepted);
            json.WriteNumber("rejected", solver.Rejected);
            Write(json, "damping", solver.Damping);
            Write(json, "gain_ratio", solver.GainRatio);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static EpochRecord Record(JsonElement item) => new(
        item.GetProperty("epoch").GetInt32(),
        Number(item.GetProperty("training_loss")),
        Number(item.GetProperty("penalty")),
        item.TryGetProperty("validation_loss", out JsonElement validation) ? Number(validation) : null,
        [.. item.GetProperty("metrics").EnumerateArray().Select(Number)],
        Number(item.GetProperty("learning_rate")),
        Number(item.GetProperty("seconds")))
    {
        Solver = item.TryGetProperty("solver", out JsonElement solver) ? Trace(solver) : null,
        Intervals = item.TryGetProperty("intervals", out JsonElement intervals) ? intervals.GetInt32() : null,
    };

    private static SolverTrace Trace(JsonElement item) => new(
        item.GetProperty("accepted").GetInt32(),
        item.GetProperty("rejected").GetInt32(),
        Number(item.GetProperty("damping")),
        Number(item.GetProperty("gain_ratio")));

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    // JSON has no NaN and no infinity; a metric may be either
    private static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetDouble();
}
