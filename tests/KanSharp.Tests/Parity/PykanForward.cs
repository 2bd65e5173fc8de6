using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>
/// Kinds pykan_forward_grad and symbolic_forward_grad: outputs, node and sub-node values, edge functions and all gradients. Where the reference's gradient is NaN, from
/// 0·∞ in its own masks, ours need only be a number.
/// </summary>
internal static class PykanForward
{
    private const double Tolerance = 1e-12;

    public static void Check(VectorCase vector)
    {
        KanNetwork<double> network = PykanModel.Network(vector);
        var tape = new Tape<double>();
        Var<double> x = tape.Input(vector.Tensor("inputs", "x"));
        Var<double> y = network.Forward(x);
        Compare.Close("y", vector.Tensor("outputs", "y"), y.Values, Tolerance);
        tape.Backward(y, vector.Tensor("cotangent", "y").Span);
        JsonElement gradients = vector.Root.GetProperty("grads");
        Tensor<double> slopes = VectorCase.Tensor(gradients.GetProperty("x"));
        Compare.Close<double>("grad x", slopes, PykanSymbolic.WhereKnown(slopes, x.Gradient), Tolerance);
        PykanModel.CompareNetwork("grad", network, gradients, gradients: true, Tolerance);
        CheckPrediction(network, vector);

        tape.Reset();
        Var<double> level = tape.Constant(vector.Tensor("inputs", "x"));
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            KanStage<double> stage = network.Stages[layer];
            Expect(vector, "acts", layer, level.Values);
            if (vector.Has("expect", "postacts"))
                CheckEdges(network, layer, level, Expected(vector, "postacts", layer)!, Expected(vector, "postsplines", layer));
            Expect(vector, "acts_premult", layer, Premultiplied(stage, stage.ForwardSums(level)));
            level = stage.Forward(level);
        }

        Expect(vector, "acts", network.Stages.Count, level.Values);
    }

    private static void CheckPrediction(KanNetwork<double> network, VectorCase vector) =>
        Compare.Close<double>("prediction", vector.Tensor("outputs", "y"), network.Predict(vector.Tensor("inputs", "x")).Span, Tolerance);

    /// <summary>Sub-nodes as the products take them: with their scale and bias.</summary>
    private static double[] Premultiplied(KanStage<double> stage, Var<double> sums)
    {
        double[] values = sums.Values.ToArray();
        for (int index = 0; index < values.Length && stage.Nodes is not null; index++)
        {
            int subnode = index % stage.Subnodes;
            values[index] = stage.Nodes.SubnodeScale.Value[subnode] * values[index] + stage.Nodes.SubnodeBias.Value[subnode];
        }

        return values;
    }

    private static Tensor<double>? Expected(VectorCase vector, string key, int layer) =>
        vector.Has("expect", key) && vector.Expect.GetProperty(key).GetArrayLength() > layer ? VectorCase.Tensor(vector.Expect.GetProperty(key)[layer]) : null;

    private static void Expect(VectorCase vector, string key, int layer, ReadOnlySpan<double> actual)
    {
        if (Expected(vector, key, layer) is { } expected)
            Compare.Close($"{key} {layer}", expected, actual, Tolerance);
    }

    /// <summary>[rows, out, in]: whole edges, and their splines without scale and mask.</summary>
    private static void CheckEdges(KanNetwork<double> network, int index, Var<double> x, Tensor<double> edges, Tensor<double>? splines)
    {
        KanLinear<double> layer = network.Layers[index];
        int rows = x.Shape.Rows, outputs = layer.Outputs;
        var own = new Tensor<double>(edges.Shape);
        var ownSplines = new Tensor<double>(edges.Shape);
        for (int input = 0; input < layer.Inputs; input++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(row => x.Values[row * layer.Inputs + input])];
            double[] basePart = new double[rows * outputs], spline = new double[rows * outputs];
            EdgeFunctions.Evaluate<double>(layer, input, column, basePart, spline);
            for (int o = 0; o < outputs; o++)
            {
                EdgeFormula? formula = network.Formula(index, input, o);
                for (int row = 0; row < rows; row++)
                {
                    int at = row * outputs + o;
                    own[row, o, input] = basePart[at] + spline[at] + (formula?.Evaluate(column[row]) ?? 0);
                    ownSplines[row, o, input] = spline[at];

                    // pykan shows the spline alone: multiplied here, since a mask or scale may be 0
                    if (splines is not null)
                        splines[row, o, input] *= layer.Mask!.Value[input, o] * layer.EdgeScale!.Value[input, o];
                }
            }
        }

        Compare.Close<double>("postacts", edges, own.Span, Tolerance);
        if (splines is not null)
            Compare.Close<double>("postsplines", splines, ownSplines.Span, Tolerance);
    }
}
