using System.Globalization;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Tests.Parity;

/// <summary>Builds networks from pykan's arrays and compares arrays and gradients in its layout: coefficients [in, out, basis], the rest [in, out].</summary>
internal static class PykanModel
{
    /// <summary>The network of a case, or the reason why there is none: product nodes and affine nodes are not part of it.</summary>
    public static KanNetwork<double>? Network(VectorCase vector, out string reason)
    {
        JsonElement parameters = vector.Root.GetProperty("params");
        JsonElement[] widths = [.. vector.Config.GetProperty("width").EnumerateArray()];
        reason = widths.Any(width => width.ValueKind == JsonValueKind.Array && width[1].GetInt32() > 0) ? "product nodes are not built yet" : "";
        foreach (JsonProperty entry in parameters.EnumerateObject())
        {
            double neutral = entry.Name.Contains("node_scale_", StringComparison.Ordinal) ? 1 : 0;
            bool affine = neutral == 1 || entry.Name.Contains("node_bias_", StringComparison.Ordinal);
            if (affine && VectorCase.Tensor(entry.Value).Span.ContainsAnyExcept(neutral))
                reason = "scales and biases of nodes are not built yet";
            if (entry.Name.StartsWith("symbolic_fun", StringComparison.Ordinal) && entry.Name.EndsWith("mask", StringComparison.Ordinal)
                && VectorCase.Tensor(entry.Value).Span.ContainsAnyExcept(0.0))
            {
                reason = "symbolic edges are not built yet";
            }
        }

        if (vector.Kind == "pykan_fit" && IsTrue(vector, "affine_trainable", otherwise: false))
            reason = "trained scales and biases of nodes are not built yet";

        return reason.Length > 0 ? null : new KanNetwork<double>([.. Enumerable.Range(0, widths.Length - 1).Select(layer => Layer(vector, parameters, layer))]);
    }

    public static KanLinear<double> Layer(VectorCase vector, JsonElement parameters, string prefix, int degree)
    {
        Tensor<double> Read(string name) => VectorCase.Tensor(parameters.GetProperty(prefix + name));
        Tensor<double> coefficients = Read("coef");
        Activation? baseActivation = vector.Text("base_fun", "silu") switch
        {
            "silu" => Activation.SiLU,
            "identity" => Activation.Identity,
            "zero" => Activation.Zero,
            string other => throw new InvalidDataException($"base_fun '{other}'"),
        };
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = degree, Intervals = coefficients.Shape[2] - degree, Outside = OutsideGrid.Zero },
            BaseActivation = baseActivation,
            Mask = true,
            BaseTrainable = IsTrue(vector, "sb_trainable", otherwise: true),
            EdgeScaleTrainable = IsTrue(vector, "sp_trainable", otherwise: true),
        };
        return new KanLinear<double>(coefficients.Shape[0], coefficients.Shape[1], options, new KanLinearTensors<double>(
            Read("grid"), Own(coefficients), Read("scale_base"), Read("scale_sp"), null, Read("mask")));
    }

    /// <summary>Compares values or gradients of all layers with pykan's arrays where these are given.</summary>
    public static void CompareNetwork(string what, KanNetwork<double> network, JsonElement expected, bool gradients, double tolerance)
    {
        for (int layer = 0; layer < network.Layers.Count; layer++)
            CompareLayer(what, network.Layers[layer], expected, Prefix(layer), gradients, tolerance);
    }

    public static void CompareLayer(string what, KanLinear<double> layer, JsonElement expected, string prefix, bool gradients, double tolerance)
    {
        foreach ((string name, Parameter<double>? parameter) in new[] { ("coef", layer.Coefficients), ("scale_base", layer.BaseWeight), ("scale_sp", layer.EdgeScale) })
        {
            if (!expected.TryGetProperty(prefix + name, out JsonElement element) || element.ValueKind == JsonValueKind.Null)
                continue;
            Tensor<double> reference = VectorCase.Tensor(element);
            Compare.Close<double>($"{what} {prefix}{name}", name == "coef" ? Own(reference) : reference, gradients ? parameter!.Gradient : parameter!.Value.Span, tolerance);
        }

        if (!gradients && expected.TryGetProperty(prefix + "grid", out JsonElement grid))
            Compare.Close<double>($"{what} {prefix}grid", VectorCase.Tensor(grid), layer.Knots.Value.Span, Math.Min(tolerance, 1e-12));
    }

    public static string Prefix(int layer) => $"act_fun.{layer.ToString(CultureInfo.InvariantCulture)}.";

    private static bool IsTrue(VectorCase vector, string key, bool otherwise) =>
        vector.Config.TryGetProperty(key, out JsonElement value) ? value.GetBoolean() : otherwise;

    private static KanLinear<double> Layer(VectorCase vector, JsonElement parameters, int layer)
    {
        JsonElement k = vector.Config.GetProperty("k");
        return Layer(vector, parameters, Prefix(layer), k.ValueKind == JsonValueKind.Array ? k[layer].GetInt32() : k.GetInt32());
    }

    /// <summary>[in, out, basis] to [in, basis, out].</summary>
    public static Tensor<double> Own(Tensor<double> coefficients)
    {
        var own = new Tensor<double>(new Shape(coefficients.Shape[0], coefficients.Shape[2], coefficients.Shape[1]));
        for (int i = 0; i < own.Shape[0]; i++)
        {
            for (int n = 0; n < own.Shape[1]; n++)
            {
                for (int o = 0; o < own.Shape[2]; o++)
                    own[i, n, o] = coefficients[i, o, n];
            }
        }

        return own;
    }
}
