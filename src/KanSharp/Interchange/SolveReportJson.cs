using System.Text.Json;
using KanSharp.Equations;
using KanSharp.Training;

namespace KanSharp.Interchange;

/// <summary>What a solver found out as a JSON object. Numbers that are not finite become null.</summary>
internal static class SolveReportJson
{
    public static void Write(Utf8JsonWriter json, SolveReport report)
    {
        json.WriteString("stop_reason", report.StopReason.ToString());
        Number(json, "seconds", report.Seconds);
        json.WriteNumber("iterations", report.Iterations);
        json.WriteNumber("parameters", report.Parameters);
        json.WriteNumber("points", report.Points);
        Number(json, "residual", report.Residual);
        Number(json, "max_residual", report.MaxResidual);
        json.WriteStartObject("conditions");
        foreach ((string condition, double value) in report.Conditions)
            Number(json, condition, value);
        json.WriteEndObject();
        Texts(json, "built_in", report.BuiltIn);
        Number(json, "relative_l2_error", report.RelativeError);
        Number(json, "max_error", report.MaxError);
        Number(json, "error_estimate", report.ErrorEstimate);
        json.WriteStartArray("stages");
        foreach (SolveStage stage in report.Stages)
        {
            json.WriteStartObject();
            json.WriteNumber("window", stage.Window);
            json.WriteNumber("intervals", stage.Intervals);
            json.WriteNumber("parameters", stage.Parameters);
            json.WriteNumber("iterations", stage.Iterations);
            Number(json, "loss", stage.Loss);
            Number(json, "residual", stage.Residual);
            Number(json, "relative_l2_error", stage.RelativeError);
            Number(json, "seconds", stage.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts(json, "notes", report.Notes);
    }

    public static SolveReport Read(JsonElement root) => new(
        Enum.Parse<StopReason>(ModelSpecJson.Text(root, "stop_reason")), Number(root, "seconds") ?? double.NaN, root.GetProperty("iterations").GetInt64(),
        root.GetProperty("parameters").GetInt32(), root.GetProperty("points").GetInt32(), Number(root, "residual") ?? double.NaN, Number(root, "max_residual") ?? double.NaN,
        root.GetProperty("conditions").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ValueKind == JsonValueKind.Null ? double.NaN : member.Value.GetDouble()),
        Texts(root, "built_in"), Number(root, "relative_l2_error"), Number(root, "max_error"), Number(root, "error_estimate"),
        [.. root.GetProperty("stages").EnumerateArray().Select(Stage)], Texts(root, "notes"));

    private static SolveStage Stage(JsonElement stage) => new(
        stage.GetProperty("window").GetInt32(), stage.GetProperty("intervals").GetInt32(), stage.GetProperty("parameters").GetInt32(), stage.GetProperty("iterations").GetInt64(),
        Number(stage, "loss") ?? double.NaN, Number(stage, "residual") ?? double.NaN, Number(stage, "relative_l2_error"), Number(stage, "seconds") ?? double.NaN);

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static double? Number(JsonElement root, string name) => root.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
