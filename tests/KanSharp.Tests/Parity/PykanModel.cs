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
    /// <summary>The network of a case.</summary>
    public static KanNetwork<double> Network(VectorCase vector)
    {
        JsonElement parameters = vector.Root.GetProperty("params");
        int layers = vector.Config.GetProperty("width").GetArrayLength() - 1;
        return new KanNetwork<double>([.. Enumerable.Range(0, layers).Select(layer => Stage(vector, parameters, layer))]);
    }

    /// <summary>One layer with its symbolic edges and nodes.</summary>
    private static KanStage<double> Stage(VectorCase vector, JsonElement parameters, int layer)
    {
        KanLinear<double> numeric = Layer(vector, parameters, layer);
        return new KanStage<double>(numeric, PykanSymbolic.Edges(vector, parameters, layer, numeric), Nodes(vector, parameters, layer));
    }

    /// <summary>Sums, products and their scales; null where there are no products and the scales do nothing.</summary>
    private static NodeStage<double>? Nodes(VectorCase vector, JsonElement parameters, int layer)
    {
        JsonElement width = vector.Config.GetProperty("width")[layer + 1];
        bool pair = width.ValueKind == JsonValueKind.Array;
        (int sums, int products) = pair ? (width[0].GetInt32(), width[1].GetInt32()) : (width.GetInt32(), 0);
        int[] arities = [.. Enumerable.Repeat(2, products)];
        if (vector.Config.TryGetProperty("mult_arity", out JsonElement arity))
        {
            arities = arity.ValueKind == JsonValueKind.Array
                ? [.. arity[layer + 1].EnumerateArray().Select(one => one.GetInt32())]
                : [.. Enumerable.Repeat(arity.GetInt32(), products)];
        }

        // gradients are compared where the reference has them
        bool trainable = IsTrue(vector, "affine_trainable", otherwise: false)
            || (vector.Root.TryGetProperty("grads", out JsonElement gradients) && gradients.TryGetProperty(NodeName("node_scale", layer), out JsonElement given) && given.ValueKind != JsonValueKind.Null);
        var stage = new NodeStage<double>(sums, arities, trainable);
        foreach ((string path, Parameter<double> parameter) in stage.Parameters())
        {
            if (parameters.TryGetProperty(NodeName(path, layer), out JsonElement values))
                VectorCase.Tensor(values).Span.CopyTo(parameter.Value.Span);
        }

        return stage.IsIdentity ? null : stage;
    }

    private static string NodeName(string path, int layer) => $"{path}_{layer.ToString(CultureInfo.InvariantCulture)}";

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
        {
            CompareLayer(what, network.Layers[layer], expected, Prefix(layer), gradients, tolerance);
            foreach ((string path, Parameter<double> parameter) in network.Stages[layer].Nodes?.Parameters() ?? [])
            {
                if (parameter.Trainable && expected.TryGetProperty(NodeName(path, layer), out JsonElement values) && values.ValueKind != JsonValueKind.Null)
                    Compare.Close<double>($"{what} {NodeName(path, layer)}", VectorCase.Tensor(values), gradients ? parameter.Gradient : parameter.Value.Span, tolerance);
            }

            PykanSymbolic.Compare(what, network.Stages[layer].Symbolic, expected, layer, gradients, tolerance);
        }
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
