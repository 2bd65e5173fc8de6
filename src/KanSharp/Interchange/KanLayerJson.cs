using System.Text.Json;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

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
        json.WriteEndObject();
    }

    public static KanLayerSpec Read(JsonElement element)
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
        return new KanLayerSpec(element.GetProperty("inputs").GetInt32(), element.GetProperty("outputs").GetInt32(), options);
    }
}
