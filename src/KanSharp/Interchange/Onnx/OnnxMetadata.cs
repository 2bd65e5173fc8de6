using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Onnx;

/// <summary>What a file says of its model beside the graph, as JSON texts.</summary>
internal static class OnnxMetadata
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>kan.features, kan.outputs or kan.classes, and kan.units and kan.notes where there are any.</summary>
    public static IEnumerable<(string Key, string Text)> Of(LoweredModel model)
    {
        yield return ("kan.features", Names(model.InputNames));
        yield return (model.IsClassifier ? "kan.classes" : "kan.outputs", Names(model.OutputNames));
        if (model.Units.Count > 0)
            yield return ("kan.units", Pairs(model.Units));
        if (model.Notes.Count > 0)
            yield return ("kan.notes", Pairs(model.Notes));
    }

    /// <summary>kan.input, what a pixel is, kan.classes, and kan.notes where there are any.</summary>
    public static IEnumerable<(string Key, string Text)> OfImages(IReadOnlyList<string> classes, IReadOnlyDictionary<string, string> notes)
    {
        yield return ("kan.input", "pixels from 0 to 255, [N, channels, rows, columns]");
        yield return ("kan.classes", Names(classes));
        if (notes.Count > 0)
            yield return ("kan.notes", Pairs(notes));
    }

    private static string Names(IEnumerable<string> names) => Json(json =>
    {
        json.WriteStartArray();
        foreach (string name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    });

    private static string Pairs(IReadOnlyDictionary<string, string> notes) => Json(json =>
    {
        json.WriteStartObject();
        foreach ((string name, string text) in notes)
            json.WriteString(name, text);
        json.WriteEndObject();
    });

    private static string Json(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
            content(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
