using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KanSharp.Data.Images;
using KanSharp.Networks.Images;
using KanSharp.Training;

namespace KanSharp.Interchange;

/// <summary>Image models as JSON, all but the tensors.</summary>
internal static class ImageSpecJson
{
    internal const int MostPixels = 1 << 22;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write<T>(ImageModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            ImageNetwork<T> network = model.Network;
            json.WriteStartObject();
            json.WriteString("preset", network.Preset);
            if (network.Options.Basis is { } basis)
                json.WriteString("basis", basis);
            if (network.Options.Size is { } size)
                json.WriteNumber("size", size);
            if (network.Options.Width != 1)
                json.WriteNumber("width", network.Options.Width);
            Numbers(json, "image", [network.Shape.Channels, network.Shape.Height, network.Shape.Width]);
            Numbers(json, "mean", model.Normalization.Means);
            Numbers(json, "deviation", model.Normalization.Deviations);
            json.WriteStartArray("classes");
            foreach (string name in model.ClassNames)
                json.WriteStringValue(name);
            json.WriteEndArray();
            if (model.Notes.Count > 0)
            {
                json.WriteStartObject("notes");
                foreach ((string key, string note) in model.Notes.OrderBy(note => note.Key, StringComparer.Ordinal))
                    json.WriteString(key, note);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static ImageModel<T> Read<T>(string text)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        double[] image = Numbers(root, "image");
        if (image.Length != 3)
            throw new ArgumentException($"'image' has {image.Length} numbers; expected channels, rows and columns.");
        if (image.Any(extent => !(extent is >= 1 and <= 65536)) || image[0] * image[1] * image[2] > MostPixels)
            throw new ArgumentException($"'image' is [{string.Join(", ", image)}]; an image has at most {MostPixels} numbers.");
        string[] classes = [.. root.GetProperty("classes").EnumerateArray().Select(name => name.GetString() ?? "")];
        var shape = new ImageShape(checked((int)image[0]), checked((int)image[1]), checked((int)image[2]), classes.Length);
        var options = new ImagePresetOptions
        {
            Basis = root.TryGetProperty("basis", out JsonElement basis) ? basis.GetString() : null,
            Size = root.TryGetProperty("size", out JsonElement size) ? size.GetInt32() : null,
            Width = root.TryGetProperty("width", out JsonElement width) ? width.GetDouble() : 1,
        };
        ImageNetwork<T> network = ImagePresets.Named(root.GetProperty("preset").GetString() ?? "").Create<T>(shape, options);
        var notes = new Dictionary<string, string>();
        if (root.TryGetProperty("notes", out JsonElement stored))
        {
            foreach (JsonProperty note in stored.EnumerateObject())
                notes[note.Name] = note.Value.GetString() ?? "";
        }

        return new ImageModel<T>(network, new ImageNormalization(Numbers(root, "mean"), Numbers(root, "deviation")), classes, notes);
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static double[] Numbers(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
