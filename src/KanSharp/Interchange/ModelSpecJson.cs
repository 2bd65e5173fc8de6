using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KanSharp.Data;
using KanSharp.Symbolics;

namespace KanSharp.Interchange;

/// <summary>A <see cref="ModelSpec"/> as JSON text; the same structure gives the same text.</summary>
internal static class ModelSpecJson
{
    private const int MostLayers = 1000;
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 16 };

    public static string Write(ModelSpec spec)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("kind", spec.Kind);
            if (spec.Kind == NetworkSpecs.Kan)
            {
                json.WriteStartArray("layers");
                foreach (KanLayerSpec layer in spec.Layers)
                    KanLayerJson.Write(json, layer);
                json.WriteEndArray();
                FunctionJson.Write(json, spec.Layers.SelectMany(layer => layer.Symbolic).Select(edge => edge.Function));
                if (spec.Selection is { } selection)
                {
                    json.WriteNumber("features", selection.Features);
                    WriteNumbers(json, "inputs", selection.Columns);
                }
            }
            else
            {
                WriteNumbers(json, "widths", spec.Widths);
                json.WriteString("activation", spec.Activation);
            }

            json.WriteStartArray("frozen");
            foreach (string path in spec.Frozen)
                json.WriteStringValue(path);
            json.WriteEndArray();
            if (spec.Tabular is not null)
                Write(json, spec.Tabular);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="ModelFileException">The text is no structure.</exception>
    public static ModelSpec Read(string text, string? fileName)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, ReaderOptions);
            JsonElement root = document.RootElement;
            string kind = Text(root, "kind");
            if (kind is not (NetworkSpecs.Kan or NetworkSpecs.Mlp))
                throw new FormatException($"kind is '{kind}'; known are '{NetworkSpecs.Kan}' and '{NetworkSpecs.Mlp}'");
            bool kan = kind == NetworkSpecs.Kan;
            FunctionCatalog functions = FunctionJson.Read(root);
            return new ModelSpec(
                kind,
                kan ? List(root, "layers", layer => KanLayerJson.Read(layer, functions)) : [],
                kan ? [] : List(root, "widths", width => width.GetInt32()),
                kan ? null : Text(root, "activation"),
                List(root, "frozen", path => path.GetString() ?? throw new FormatException("a frozen path is null")),
                kan && root.TryGetProperty("features", out JsonElement features) ? new SelectionSpec(features.GetInt32(), Numbers(root, "inputs")) : null,
                root.TryGetProperty("tabular", out JsonElement tabular) ? ReadTabular(tabular) : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new ModelFileException($"the structure is damaged: {error.Message}", fileName, "spec", error);
        }
    }

    internal static string Text(JsonElement parent, string name) =>
        parent.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    internal static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    internal static int[] Numbers(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];

    private static List<TItem> List<TItem>(JsonElement parent, string name, Func<JsonElement, TItem> read)
    {
        JsonElement array = parent.GetProperty(name);
        if (name != "frozen" && array.GetArrayLength() > MostLayers)
            throw new FormatException($"'{name}' has {array.GetArrayLength()} entries; at most {MostLayers} are read");
        var items = new List<TItem>();
        foreach (JsonElement element in array.EnumerateArray())
            items.Add(read(element));
        return items;
    }

    private static void Write(Utf8JsonWriter json, TabularSpec tabular)
    {
        json.WriteStartObject("tabular");
        json.WritePropertyName("encoding");
        json.WriteRawValue(tabular.Encoding.ToJson());
        Write(json, "input_scaling", tabular.InputScaling);
        if (tabular.TargetScaling is not null)
            Write(json, "target_scaling", tabular.TargetScaling);
        Write(json, "units", tabular.Units);
        Write(json, "notes", tabular.Notes);
        json.WriteEndObject();
    }

    private static TabularSpec ReadTabular(JsonElement element) => new(
        TableEncoding.FromJson(element.GetProperty("encoding").GetRawText()),
        ReadScaling(element.GetProperty("input_scaling")),
        element.TryGetProperty("target_scaling", out JsonElement target) ? ReadScaling(target) : null,
        ReadTexts(element.GetProperty("units")),
        ReadTexts(element.GetProperty("notes")));

    private static void Write(Utf8JsonWriter json, string name, LinearScaling scaling)
    {
        json.WriteStartObject(name);
        foreach ((string key, IReadOnlyList<double> values) in new[] { ("center", scaling.Center), ("spread", scaling.Spread) })
        {
            json.WriteStartArray(key);
            foreach (double value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static LinearScaling ReadScaling(JsonElement element) => new(
        [.. element.GetProperty("center").EnumerateArray().Select(value => value.GetDouble())],
        [.. element.GetProperty("spread").EnumerateArray().Select(value => value.GetDouble())]);

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in texts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static Dictionary<string, string> ReadTexts(JsonElement element)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
            texts.Add(property.Name, property.Value.GetString() ?? throw new FormatException($"'{property.Name}' is null"));
        return texts;
    }
}
