using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KanSharp.Cli.Output;

/// <summary>Prints exactly one JSON object.</summary>
internal static class JsonResult
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object and a line feed.</summary>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> members) => writer.Write(Text(members) + "\n");

    public static string Text(Action<Utf8JsonWriter> members, bool indented = true)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options with { Indented = indented }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>A number; JSON has no infinities and no NaN, they become null.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void Counts(this Utf8JsonWriter json, string name, IEnumerable<int> counts)
    {
        json.WriteStartArray(name);
        foreach (int count in counts)
            json.WriteNumberValue(count);
        json.WriteEndArray();
    }
}
