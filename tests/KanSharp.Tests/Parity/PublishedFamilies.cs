using System.Globalization;
using System.Numerics;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Tests.Parity;

/// <summary>
/// FastKAN, ReLU-KAN, ChebyKAN and Wav-KAN: outputs, loss and gradients. Reference gradients come in the layout of the parameters, so the import of a layer puts them
/// into ours, too.
/// </summary>
internal static class PublishedFamilies
{
    /// <summary>Rows of nearly equal numbers are divided by next to nothing, and gradients of 30 to 80 lose two digits in either implementation.</summary>
    private const double RowNormTolerance = 5e-11;

    public static void Check(VectorCase vector)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            if (vector.IsSingle)
                Check<float>(vector, width, 1e-4);
            else
                Check<double>(vector, width, vector.Family == "fast-kan" ? RowNormTolerance : 1e-12);
        }
    }

    /// <summary>The tensors of a layer: those of the section, with the buffers, which gradients do not have.</summary>
    public static NamedTensors<T> Tensors<T>(VectorCase vector, JsonElement section)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensors = new Dictionary<string, Tensor<T>>();
        foreach (JsonElement part in new[] { vector.Root.GetProperty("buffers"), vector.Root.GetProperty("params"), section })
        {
            foreach (JsonProperty property in part.EnumerateObject())
            {
                if (property.Value.ValueKind != JsonValueKind.Null)
                    tensors[property.Name] = VectorCase.Tensor(property.Value).Cast<T>();
            }
        }

        return new NamedTensors<T>(tensors);
    }

    /// <summary>The layers of a case, each with its prefix.</summary>
    public static (string Prefix, Module<T> Layer)[] Layers<T>(VectorCase vector, NamedTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string[] prefixes = [""];
        if (vector.Config.TryGetProperty(vector.Family == "relu_kan" ? "width" : "layers_hidden", out JsonElement widths))
        {
            string list = vector.Family == "relu_kan" ? "rk_layers" : "layers";
            prefixes = [.. Enumerable.Range(0, widths.GetArrayLength() - 1).Select(layer => $"{list}.{layer.ToString(CultureInfo.InvariantCulture)}.")];
        }

        return [.. prefixes.Select(prefix => (prefix, Layer(vector, tensors.Below(prefix))))];
    }

    private static Module<T> Layer<T>(VectorCase vector, NamedTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => vector.Family switch
        {
            "fast-kan" => PublishedLayers.FastKan(tensors),
            "ChebyKAN" => PublishedLayers.ChebyKan(tensors),
            "relu_kan" => PublishedLayers.ReluKan(
                tensors, (int)vector.Number("g", vector.Number("grid", 5)), (int)vector.Number("k", 3), !(vector.Config.TryGetProperty("train_ab", out JsonElement train) && train.ValueKind == JsonValueKind.False)),
            _ => new Sequential<T>(PublishedLayers.WavKan(tensors, Kind(vector.Text("wavelet_type", ""))), PublishedLayers.WavKanNorm(tensors)),
        };

    private static WaveletKind Kind(string name) => name switch
    {
        "mexican_hat" => WaveletKind.MexicanHat,
        "morlet" => WaveletKind.Morlet,
        "dog" => WaveletKind.DerivativeOfGaussian,
        "meyer" => WaveletKind.Meyer,
        "shannon" => WaveletKind.Shannon,
        _ => throw new ArgumentException($"There is no wavelet '{name}'."),
    };

    private static void Check<T>(VectorCase vector, SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool training = vector.Text("mode", "") == "train";
        Run<T>(vector, vector.Root, training, vector.Root, width, tolerance);
    }

    /// <summary>Kind forward_grad_eval_train: both modes, and the running statistics after a step of training.</summary>
    public static void CheckModes(VectorCase vector)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            Run<double>(vector, vector.Root.GetProperty("eval"), training: false, vector.Root.GetProperty("eval"), width, 1e-12);
            Run<double>(vector, vector.Root.GetProperty("train"), training: true, vector.Root.GetProperty("train"), width, 1e-12);
        }
    }

    private static void Run<T>(VectorCase vector, JsonElement section, bool training, JsonElement after, SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NamedTensors<T> tensors = Tensors<T>(vector, vector.Root.GetProperty("params"));
        (string, Module<T> Layer)[] layers = Layers(vector, tensors);
        var network = new Sequential<T>([.. layers.Select(entry => entry.Layer)]);
        using var executor = new Executor(2, width);
        var tape = new Tape<T>(executor) { Training = training };
        Tensor<T> source = vector.Tensor("inputs", "x").Cast<T>(), cotangent = vector.Tensor("cotangent", "y").Cast<T>();
        // ReLU-KAN's inputs have a last axis of 1
        int features = layers[0].Layer.Modules().OfType<KanLinear<T>>().First().Inputs;
        Tensor<T> shaped = vector.Family == "relu_kan" ? source.Reshape(new Shape(source.Shape.Count / features, features)) : source;
        Var<T> x = tape.Input(shaped);
        Var<T> y = network.Forward(x);
        Tensor<double> expected = VectorCase.Tensor(section.GetProperty("outputs").GetProperty("y"));
        Compare.Close("y", expected, y.Values, tolerance);
        if (section.TryGetProperty("loss", out JsonElement loss))
        {
            double sum = 0;
            for (int index = 0; index < cotangent.Shape.Count; index++)
                sum += double.CreateTruncating(cotangent.Span[index] * y.Values[index]);
            Compare.Close("loss", loss.GetDouble(), sum, tolerance);
        }

        tape.Backward(y, cotangent.Span);
        JsonElement gradients = section.GetProperty("grads");
        Compare.Close("grad x", VectorCase.Tensor(gradients.GetProperty("x")), x.Gradient, tolerance);
        (string, Module<T> Layer)[] reference = Layers(vector, Tensors<T>(vector, gradients));
        foreach (((string prefix, Module<T> layer), (_, Module<T> values)) in layers.Zip(reference))
        {
            foreach (((string path, Parameter<T> own), (_, Parameter<T> theirs)) in layer.Parameters().Zip(values.Parameters()))
                Compare.Close<T>($"grad {prefix}{path}", theirs.Value.Cast<double>(), own.Gradient, tolerance);
        }

        if (!after.TryGetProperty("buffers_after", out JsonElement buffers))
            return;
        tape.Commit();
        foreach ((string prefix, Module<T> layer) in layers)
        {
            BatchNorm<T> norm = layer.Modules().OfType<BatchNorm<T>>().Single();
            Compare.Close<T>(prefix + "running_mean", VectorCase.Tensor(buffers.GetProperty(prefix + "bn.running_mean")), norm.RunningMean.Value.Span, tolerance);
            Compare.Close<T>(prefix + "running_var", VectorCase.Tensor(buffers.GetProperty(prefix + "bn.running_var")), norm.RunningVariance.Value.Span, tolerance);
        }
    }
}
