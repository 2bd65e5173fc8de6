using System.Text;
using System.Text.Json;

namespace KanSharp.Data;

/// <summary>A <see cref="TableEncoding"/> as JSON text, for model files; the same encoding gives the same text.</summary>
internal static class TableEncodingJson
{
    public static string Write(TableEncoding encoding)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("missing", encoding.Missing.ToString());
            json.WriteString("unknown", encoding.Unknown.ToString());
            json.WriteStartArray("features");
            foreach (FeatureEncoding feature in encoding.Features)
            {
                json.WriteStartObject();
                json.WriteString("column", feature.Column);
                if (feature.Categories is not null)
                    WriteTexts(json, "categories", feature.Categories);
                json.WriteStartArray("means");
                foreach (double mean in feature.Means)
                    json.WriteNumberValue(mean);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("task", encoding.Target.Task.ToString());
            WriteTexts(json, "targets", encoding.Target.Columns);
            WriteTexts(json, "classes", encoding.Target.Classes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="DataFormatException">The text is no encoding.</exception>
    public static TableEncoding Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            var features = new List<FeatureEncoding>();
            foreach (JsonElement feature in root.GetProperty("features").EnumerateArray())
            {
                features.Add(new FeatureEncoding(
                    feature.GetProperty("column").GetString()!,
                    feature.TryGetProperty("categories", out JsonElement categories) ? Texts(categories) : null,
                    [.. feature.GetProperty("means").EnumerateArray().Select(mean => mean.GetDouble())]));
            }

            var target = new TargetEncoding(
                Choice<TaskKind>(root.GetProperty("task")), Texts(root.GetProperty("targets")), Texts(root.GetProperty("classes")));
            return new TableEncoding(
                features, target, Choice<MissingValues>(root.GetProperty("missing")), Choice<UnknownCategories>(root.GetProperty("unknown")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new DataFormatException($"the stored table encoding is damaged: {e.Message}", inner: e);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement array) =>
        [.. array.EnumerateArray().Select(text => text.GetString() ?? throw new FormatException("a text is null"))];

    private static TEnum Choice<TEnum>(JsonElement element)
        where TEnum : struct, Enum =>
        Enum.TryParse(element.GetString(), out TEnum value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException($"'{element}' is not one of {string.Join(", ", Enum.GetNames<TEnum>())}");
}
