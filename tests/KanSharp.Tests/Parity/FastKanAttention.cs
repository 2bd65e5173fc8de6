using KanSharp.Autodiff;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Tests.Parity;

/// <summary>fast-kan's AttentionWithFastKANTransform, put together from layers and operations of the tape: q, k, v, output and gate are FastKAN layers.</summary>
internal static class FastKanAttention
{
    private const double Tolerance = 1e-10;
    private static readonly string[] s_parts = ["linear_q.", "linear_k.", "linear_v.", "linear_o.", "linear_g."];

    public static void Check(VectorCase vector)
    {
        NamedTensors<double> tensors = PublishedFamilies.Tensors<double>(vector, vector.Root.GetProperty("params"));
        KanLinear<double>[] layers = [.. s_parts.Select(part => PublishedLayers.FastKan(tensors.Below(part)))];
        int heads = (int)vector.Number("num_heads", 1), width = (int)vector.Number("head_dim", 1);
        var tape = new Tape<double>();
        Var<double> query = tape.Input(vector.Tensor("inputs", "q")), key = tape.Input(vector.Tensor("inputs", "k")), value = tape.Input(vector.Tensor("inputs", "v"));
        Var<double> bias = tape.Constant(vector.Tensor("inputs", "bias"));
        int batches = query.Shape[0], rows = query.Shape[1], keys = key.Shape[1];
        Var<double> q = layers[0].Forward(query) * (1 / Math.Sqrt(width)), k = layers[1].Forward(key), v = layers[2].Forward(value);
        var samples = new Var<double>[batches];
        for (int batch = 0; batch < batches; batch++)
        {
            var outputs = new Var<double>[heads];
            for (int head = 0; head < heads; head++)
            {
                Var<double> own = Head(q, batch, rows, head), other = Head(k, batch, keys, head), values = Head(v, batch, keys, head);
                // the original adds the bias after the softmax
                Var<double> weights = own.MatMul(other.Transpose()).Softmax() + bias.Slice(0, batch, 1).Reshape(new Shape(rows, keys));
                outputs[head] = weights.MatMul(values);
            }

            samples[batch] = Var<double>.Concat(1, outputs).Reshape(new Shape(1, rows, heads * width));
        }

        Var<double> o = Var<double>.Concat(0, samples) * layers[4].Forward(query).Apply(Activation.Sigmoid);
        Var<double> y = layers[3].Forward(o);
        Compare.Close("y", vector.Tensor("outputs", "y"), y.Values, Tolerance);
        tape.Backward(y, vector.Tensor("cotangent", "y").Span);
        foreach ((string name, Var<double> input) in new[] { ("q", query), ("k", key), ("v", value) })
            Compare.Close("grad " + name, vector.Tensor("grads", name), input.Gradient, Tolerance);
        NamedTensors<double> gradients = PublishedFamilies.Tensors<double>(vector, vector.Root.GetProperty("grads"));
        for (int part = 0; part < s_parts.Length; part++)
        {
            KanLinear<double> expected = PublishedLayers.FastKan(gradients.Below(s_parts[part]));
            foreach (((string path, Parameter<double> own), (_, Parameter<double> theirs)) in layers[part].Parameters().Zip(expected.Parameters()))
            {
                // a bias of the keys moves all scores alike, which the softmax does not see: its gradient is 0, and both have rounding left
                if (path == "bias" && part == 1)
                    Assert.All(own.Gradient.ToArray(), value => Assert.True(Math.Abs(value) < 1e-14));
                else
                    Compare.Close<double>($"grad {s_parts[part]}{path}", theirs.Value, own.Gradient, Tolerance);
            }
        }

        Var<double> Head(Var<double> all, int batch, int length, int head) =>
            all.Slice(0, batch, 1).Slice(2, head * width, width).Reshape(new Shape(length, width));
    }
}
