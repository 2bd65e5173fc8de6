using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>Kind pykan_forward_grad: outputs, node values, edge functions and all gradients of networks without product and affine nodes.</summary>
internal static class PykanForward
{
    private const double Tolerance = 1e-12;

    public static void Check(VectorCase vector)
    {
        KanNetwork<double>? network = PykanModel.Network(vector, out string reason);
        if (network is null)
            Assert.Skip(reason);
        var recorder = new ActivationRecorder<double>();
        var tape = new Tape<double> { Observer = recorder };
        Var<double> x = tape.Input(vector.Tensor("inputs", "x"));
        Var<double> y = network.Forward(x);
        Compare.Close("y", vector.Tensor("outputs", "y"), y.Values, Tolerance);
        tape.Backward(y, vector.Tensor("cotangent", "y").Span);
        JsonElement gradients = vector.Root.GetProperty("grads");
        Compare.Close("grad x", VectorCase.Tensor(gradients.GetProperty("x")), x.Gradient, Tolerance);
        PykanModel.CompareNetwork("grad", network, gradients, gradients: true, Tolerance);

        JsonElement[] nodes = [.. vector.Expect.GetProperty("acts").EnumerateArray()];
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            Compare.Close($"acts {layer}", VectorCase.Tensor(nodes[layer]), recorder.Inputs[layer].Values, Tolerance);
            CheckEdges(network.Layers[layer], recorder.Inputs[layer], VectorCase.Tensor(vector.Expect.GetProperty("postacts")[layer]), VectorCase.Tensor(vector.Expect.GetProperty("postsplines")[layer]));
        }

        Compare.Close("acts at the end", VectorCase.Tensor(nodes[^1]), y.Values, Tolerance);
    }

    /// <summary>[rows, out, in]: whole edges, and their splines without scale and mask.</summary>
    private static void CheckEdges(KanLinear<double> layer, Var<double> x, Tensor<double> edges, Tensor<double> splines)
    {
        int rows = x.Shape.Rows, outputs = layer.Outputs;
        var own = new Tensor<double>(edges.Shape);
        var ownSplines = new Tensor<double>(edges.Shape);
        for (int input = 0; input < layer.Inputs; input++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(row => x.Values[row * layer.Inputs + input])];
            double[] basePart = new double[rows * outputs], spline = new double[rows * outputs];
            EdgeFunctions.Evaluate<double>(layer, input, column, basePart, spline);
            for (int row = 0; row < rows; row++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    int at = row * outputs + o;
                    own[row, o, input] = basePart[at] + spline[at];
                    ownSplines[row, o, input] = spline[at];

                    // pykan shows the spline alone: multiplied here, since a mask or scale may be 0
                    splines[row, o, input] *= layer.Mask!.Value[input, o] * layer.EdgeScale!.Value[input, o];
                }
            }
        }

        Compare.Close<double>("postacts", edges, own.Span, Tolerance);
        Compare.Close<double>("postsplines", splines, ownSplines.Span, Tolerance);
    }
}
