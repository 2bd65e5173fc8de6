using System.Text.Json;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interchange;

/// <summary>One KAN layer as JSON.</summary>
internal static class KanLayerJson
{
    private const string BSpline = "b-spline";

    public static void Write(Utf8JsonWriter json, KanLayerSpec layer)
    {
        BSplineOptions basis = layer.Options.Basis;
        json.WriteStartObject();
        json.WriteNumber("inputs", layer.Inputs);
        json.WriteNumber("outputs", layer.Outputs);
        json.WriteStartObject("basis");
        json.WriteString("kind", BSpline);
        json.WriteNumber("degree", basis.Degree);
        json.WriteNumber("intervals", basis.Intervals);
        json.WriteNumber("low", basis.Low);
        json.WriteNumber("high", basis.High);
        json.WriteString("outside", basis.Outside == OutsideGrid.Zero ? "zero" : "linear");
        json.WriteEndObject();
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
        JsonElement basis = element.GetProperty("basis");
        string kind = ModelSpecJson.Text(basis, "kind");
        if (kind != BSpline)
            throw new FormatException($"basis '{kind}' is unknown; known is '{BSpline}'");
        string outside = ModelSpecJson.Text(basis, "outside");
        if (outside is not ("zero" or "linear"))
            throw new FormatException($"outside is '{outside}'; known are 'linear' and 'zero'");
        string? activation = element.GetProperty("base_activation").GetString();
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions
            {
                Degree = basis.GetProperty("degree").GetInt32(),
                Intervals = basis.GetProperty("intervals").GetInt32(),
                Low = basis.GetProperty("low").GetDouble(),
                High = basis.GetProperty("high").GetDouble(),
                Outside = outside == "zero" ? OutsideGrid.Zero : OutsideGrid.Linear,
            },
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
