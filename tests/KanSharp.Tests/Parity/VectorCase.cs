using System.Text.Json;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Parity;

/// <summary>One file of reference values made by a public implementation (schema kan-parity/1).</summary>
public sealed class VectorCase(string name, JsonElement root)
{
    public string Name { get; } = name;

    public JsonElement Root { get; } = root;

    public string Kind => Root.GetProperty("kind").GetString()!;

    public string Family => Root.GetProperty("family").GetString()!;

    public bool IsSingle => Root.GetProperty("dtype").GetString() == "float32";

    public JsonElement Config => Root.GetProperty("config");

    public JsonElement Expect => Root.GetProperty("expect");

    public static VectorCase Load(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(VectorFolder.Path!, name + ".json")));
        return new VectorCase(name, document.RootElement.Clone());
    }

    /// <summary>Number in the configuration, or a default where it is left out.</summary>
    public double Number(string key, double otherwise) =>
        Config.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;

    public string Text(string key, string otherwise) => Config.TryGetProperty(key, out JsonElement value) ? value.GetString()! : otherwise;

    public Tensor<double> Tensor(string section, string key) => Tensor(Root.GetProperty(section).GetProperty(key));

    public bool Has(string section, string key) => Root.TryGetProperty(section, out JsonElement part) && part.TryGetProperty(key, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null;

    public static Tensor<double> Tensor(JsonElement element)
    {
        int[] extents = [.. element.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        double[] values = [.. element.GetProperty("data").EnumerateArray().Select(Value)];
        return new Tensor<double>(new Shape(extents), values);
    }

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(Value)];

    private static double Value(JsonElement element) => element.ValueKind == JsonValueKind.Number
        ? element.GetDouble()
        : element.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw new FormatException($"Not a number: {element}"),
        };
}
