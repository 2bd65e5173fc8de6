using System.Globalization;
using System.Numerics;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Interchange;
using KanSharp.Layers.Images;
using KanSharp.Numerics;

namespace KanSharp.Tests.Parity;

/// <summary>Convolutional-KANs: outputs, loss and gradients of a layer. The cases store one grid for all kernels; a checkpoint has it in each of them.</summary>
internal static class ConvolutionalKans
{
    public static void Check(VectorCase vector)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            if (vector.IsSingle)
                Check<float>(vector, width, 1e-4);
            else
                Check<double>(vector, width, 1e-12);
        }
    }

    private static void Check<T>(VectorCase vector, SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanConv<T> layer = Layer<T>(vector, vector.Root.GetProperty("params"));
        using var executor = new Executor(2, width);
        var tape = new Tape<T>(executor);
        Tensor<T> cotangent = vector.Tensor("cotangent", "y").Cast<T>();
        Var<T> x = tape.Input(vector.Tensor("inputs", "x").Cast<T>());
        Var<T> y = layer.Forward(x);
        Compare.Close("y", vector.Tensor("outputs", "y"), y.Values, tolerance);
        double loss = 0;
        for (int index = 0; index < cotangent.Shape.Count; index++)
            loss += double.CreateTruncating(cotangent.Span[index] * y.Values[index]);
        Compare.Close("loss", vector.Root.GetProperty("loss").GetDouble(), loss, tolerance);
        tape.Backward(y, cotangent.Span);
        JsonElement gradients = vector.Root.GetProperty("grads");
        Compare.Close("grad x", VectorCase.Tensor(gradients.GetProperty("x")), x.Gradient, tolerance);
        // gradients have the layout of the parameters, so the import of a layer brings them into ours
        KanConv<T> reference = Layer<T>(vector, gradients);
        foreach (((string path, Parameter<T> own), (_, Parameter<T> theirs)) in layer.Parameters().Zip(reference.Parameters()))
            Compare.Close<T>($"grad {path}", theirs.Value.Cast<double>(), own.Gradient, tolerance);
    }

    private static KanConv<T> Layer<T>(VectorCase vector, JsonElement section)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = (int)vector.Number("in_channels", 1), outputs = (int)vector.Number("out_channels", 1);
        var tensors = section.EnumerateObject().Where(property => property.Name != "x").ToDictionary(property => property.Name, property => VectorCase.Tensor(property.Value).Cast<T>());
        for (int index = 0; index < inputs * outputs; index++)
            tensors.TryAdd(string.Create(CultureInfo.InvariantCulture, $"convs.{index}.conv.grid"), vector.Tensor("buffers", "grid").Cast<T>());
        var window = new ConvWindow(Pair("kernel_size", 2)) { Stride = Pair("stride", 1), Padding = Pair("padding", 0), Dilation = Pair("dilation", 1) };
        return PublishedLayers.ConvolutionalKan(new NamedTensors<T>(tensors), inputs, outputs, window);

        int[] Pair(string name, int otherwise) => vector.Config.TryGetProperty(name, out JsonElement values)
            ? values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray().Select(value => value.GetInt32())] : [values.GetInt32(), values.GetInt32()]
            : [otherwise, otherwise];
    }
}
