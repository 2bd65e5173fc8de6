using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>Kind regularization: value in all, per layer, and gradients for several weights.</summary>
internal static class EfficientKanRegularization
{
    public static void Check(VectorCase vector)
    {
        (KanNetwork<double> network, string[] prefixes) = EfficientKanModel.Network<double>(vector);
        var tape = new Tape<double>();
        foreach (JsonElement expected in vector.Expect.EnumerateArray())
        {
            double l1 = expected.GetProperty("regularize_activation").GetDouble();
            double entropy = expected.GetProperty("regularize_entropy").GetDouble();
            tape.Reset();
            foreach ((_, Parameter<double> parameter) in network.Parameters())
                parameter.ClearGradient();
            Var<double> penalty = EdgeRegularization.Penalty(tape, network, l1, entropy);
            tape.Backward(penalty);
            Compare.Close($"value ({l1}, {entropy})", expected.GetProperty("value").GetDouble(), penalty.Item, 1e-12);
            double[] layers = VectorCase.Numbers(expected.GetProperty("per_layer"));
            for (int layer = 0; layer < layers.Length; layer++)
            {
                Compare.Close($"layer {layer}", layers[layer], EdgeRegularization.Penalty(tape, network.Layers[layer], l1, entropy).Item, 1e-12);
                EfficientKanModel.CompareLayer("grad", network.Layers[layer], expected.GetProperty("grads"), prefixes[layer], gradients: true, 1e-12);
            }
        }
    }
}
