using System.Text.Json;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interchange;

/// <summary>One KAN layer as JSON.</summary>
internal static class KanLayerJson
{
    public static void Write(Utf8JsonWriter json, KanLayerSpec layer)
    {
        json.WriteStartObject();
        json.WriteNumber("inputs", layer.Inputs);
        json.WriteNumber("outputs", layer.Outputs);
        json.WriteStartObject("basis");
        BasisJson.Write(json, layer.Options.Basis);
        json.WriteEndObject();
        if (layer.Options.Normalization != InputNormalization.None)
            json.WriteString("normalization", BasisJson.Name(layer.Options.Normalization));
        if (layer.Options.Squash != InputSquash.None)
            json.WriteString("squash", BasisJson.Name(layer.Options.Squash));
        if (layer.Options.BaseOnRawInput)
            json.WriteBoolean("base_on_raw_input", true);
        if (layer.Options.EdgeDropout > 0)
            json.WriteNumber("edge_dropout", layer.Options.EdgeDropout);
        if (layer.Options.InputNoise > 0)
            json.WriteNumber("input_noise", layer.Options.InputNoise);
        json.WriteString("base_activation", layer.Options.BaseActivation?.Name);
        json.WriteBoolean("edge_scale", layer.Options.EdgeScale);
        json.WriteBoolean("bias", layer.Options.Bias);
        json.WriteBoolean("mask", layer.Options.Mask);
        if (layer.Symbolic.Count > 0)
            WriteSymbolic(json, layer.Symbolic);
        if (layer.Nodes is { } nodes)
        {
            json.WriteStartObject("nodes");
            json.WriteNumber("sums", nodes.Sums);
            ModelSpecJson.WriteNumbers(json, "arities", nodes.Arities);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <param name="element">The layer.</param>
    /// <param name="functions">The functions of symbolic edges.</param>
    public static KanLayerSpec Read(JsonElement element, FunctionCatalog functions)
    {
        string? activation = element.GetProperty("base_activation").GetString();
        var options = new KanLinearOptions
        {
            Basis = BasisJson.Read(element.GetProperty("basis")),
            Normalization = BasisJson.Value<InputNormalization>(element, "normalization"),
            Squash = BasisJson.Value<InputSquash>(element, "squash"),
            EdgeDropout = element.TryGetProperty("edge_dropout", out JsonElement dropout) ? dropout.GetDouble() : 0,
            InputNoise = element.TryGetProperty("input_noise", out JsonElement noise) ? noise.GetDouble() : 0,
            BaseOnRawInput = element.TryGetProperty("base_on_raw_input", out JsonElement raw) && raw.GetBoolean(),
            BaseActivation = activation is null ? null : Activation.FromName(activation),
            EdgeScale = element.GetProperty("edge_scale").GetBoolean(),
            Bias = element.GetProperty("bias").GetBoolean(),
            Mask = element.GetProperty("mask").GetBoolean(),
        };
        options.Validate();
        return new KanLayerSpec(element.GetProperty("inputs").GetInt32(), element.GetProperty("outputs").GetInt32(), options, ReadSymbolic(element, functions), ReadNodes(element));
    }

    private static void WriteSymbolic(Utf8JsonWriter json, IReadOnlyList<SymbolicEdge> edges)
    {
        json.WriteStartArray("symbolic");
        foreach (SymbolicEdge edge in edges)
        {
            json.WriteStartObject();
            json.WriteNumber("input", edge.Input);
            json.WriteNumber("output", edge.Output);
            json.WriteString("function", edge.Function.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static List<SymbolicEdge> ReadSymbolic(JsonElement layer, FunctionCatalog functions)
    {
        var edges = new List<SymbolicEdge>();
        if (!layer.TryGetProperty("symbolic", out JsonElement symbolic))
            return edges;
        foreach (JsonElement edge in symbolic.EnumerateArray())
            edges.Add(new SymbolicEdge(edge.GetProperty("input").GetInt32(), edge.GetProperty("output").GetInt32(), functions[ModelSpecJson.Text(edge, "function")]));
        return edges;
    }

    private static LevelShape? ReadNodes(JsonElement layer) => layer.TryGetProperty("nodes", out JsonElement nodes)
        ? new LevelShape(nodes.GetProperty("sums").GetInt32(), ModelSpecJson.Numbers(nodes, "arities"))
        : null;
}
