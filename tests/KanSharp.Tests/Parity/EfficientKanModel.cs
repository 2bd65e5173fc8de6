using System.Globalization;
using System.Numerics;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Tests.Parity;

/// <summary>Builds layers and networks from efficient-kan's arrays and takes their arrays and gradients back in its layout.</summary>
internal static class EfficientKanModel
{
    public static KanLinear<T> Layer<T>(VectorCase vector, JsonElement parameters, JsonElement buffers, string prefix = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<double> weight = VectorCase.Tensor(parameters.GetProperty(prefix + "spline_weight"));
        Tensor<double> grid = VectorCase.Tensor(buffers.GetProperty(prefix + "grid"));
        bool scaled = parameters.TryGetProperty(prefix + "spline_scaler", out JsonElement scaler);
        int degree = grid.Shape[1] - weight.Shape[2] - 1;
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = degree, Intervals = weight.Shape[2] - degree, Outside = OutsideGrid.Zero },
            BaseActivation = Activation.FromName(vector.Text("base_activation", "SiLU")),
            EdgeScale = scaled,
        };
        return new KanLinear<T>(weight.Shape[1], weight.Shape[0], options, new KanLinearTensors<T>(
            grid.Cast<T>(),
            ToCoefficients(weight).Cast<T>(),
            Transpose(VectorCase.Tensor(parameters.GetProperty(prefix + "base_weight"))).Cast<T>(),
            scaled ? Transpose(VectorCase.Tensor(scaler)).Cast<T>() : null,
            null,
            null));
    }

    /// <summary>A network, or a single layer as a network, and the name prefix of each layer.</summary>
    public static (KanNetwork<T> Network, string[] Prefixes) Network<T>(VectorCase vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonElement parameters = vector.Root.GetProperty("params");
        JsonElement buffers = vector.Root.GetProperty("buffers");
        string[] prefixes = [""];
        if (vector.Config.TryGetProperty("layers_hidden", out JsonElement widths))
            prefixes = [.. Enumerable.Range(0, widths.GetArrayLength() - 1).Select(layer => $"layers.{layer.ToString(CultureInfo.InvariantCulture)}.")];
        return (new KanNetwork<T>([.. prefixes.Select(prefix => Layer<T>(vector, parameters, buffers, prefix))]), prefixes);
    }

    /// <summary>Compares parameter values or gradients of a layer with efficient-kan's arrays where these are given.</summary>
    public static void CompareLayer<T>(string what, KanLinear<T> layer, JsonElement expected, string prefix, bool gradients, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((string name, Parameter<T>? parameter) in new[] { ("spline_weight", layer.Coefficients), ("base_weight", layer.BaseWeight), ("spline_scaler", layer.EdgeScale) })
        {
            if (parameter is null || !expected.TryGetProperty(prefix + name, out JsonElement element) || element.ValueKind == JsonValueKind.Null)
                continue;
            Tensor<double> reference = VectorCase.Tensor(element);
            Tensor<double> own = name == "spline_weight" ? ToCoefficients(reference) : Transpose(reference);
            Compare.Close<T>($"{what} {prefix}{name}", own, gradients ? parameter.Gradient : parameter.Value.Span, tolerance);
        }
    }

    /// <summary>[O, I, basis] to [I, basis, O].</summary>
    public static Tensor<double> ToCoefficients(Tensor<double> weight)
    {
        (int outputs, int inputs, int count) = (weight.Shape[0], weight.Shape[1], weight.Shape[2]);
        var coefficients = new Tensor<double>(new Shape(inputs, count, outputs));
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int n = 0; n < count; n++)
                    coefficients[i, n, o] = weight[o, i, n];
            }
        }

        return coefficients;
    }

    public static Tensor<double> Transpose(Tensor<double> matrix)
    {
        var transposed = new Tensor<double>(new Shape(matrix.Shape[1], matrix.Shape[0]));
        for (int row = 0; row < matrix.Shape[0]; row++)
        {
            for (int column = 0; column < matrix.Shape[1]; column++)
                transposed[column, row] = matrix[row, column];
        }

        return transposed;
    }
}
