using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>Kinds pykan_update_grid, pykan_layer_update_grid_mode_grid and pykan_refine: knots, the splines at the samples, and the outputs after.</summary>
internal static class PykanGrids
{
    private const double Tolerance = 1e-9;

    public static void CheckUpdate(VectorCase vector)
    {
        KanNetwork<double> network = Network(vector);
        Tensor<double> x = vector.Tensor("inputs", "x");
        GridUpdate.Apply(network, x, Options(vector, GridRefit.PykanSamples));
        Compare.Close<double>("y after", vector.Tensor("outputs", "y_after"), Predict(network, x), Tolerance);
        CompareSplines(vector, network.Layers, vector.Expect.GetProperty("params_after"), x);
    }

    public static void CheckLayerUpdate(VectorCase vector)
    {
        KanLinear<double> layer = PykanModel.Layer(vector, vector.Root.GetProperty("params"), "", (int)vector.Number("k", 3));
        Tensor<double> x = vector.Tensor("inputs", "x");
        GridUpdate.Apply(layer, x, Options(vector, GridRefit.PykanGrid));
        PykanModel.CompareLayer("after", layer, vector.Expect, "", gradients: false, Tolerance);
    }

    public static void CheckRefine(VectorCase vector)
    {
        KanNetwork<double> network = Network(vector);
        Tensor<double> x = vector.Tensor("inputs", "x");
        int intervals = vector.Expect.GetProperty("new_grid").GetInt32();
        var layers = new List<KanLinear<double>>();
        Tensor<double> hidden = x;
        foreach (KanLinear<double> layer in network.Layers)
        {
            layers.Add(PykanRefinement.Refine(layer, intervals, hidden));
            hidden = new Tensor<double>(new Shape(x.Shape[0], layer.Outputs), Predict(layer, hidden));
        }

        // the fits see the activations of the network before, not those of the one that is built
        CompareSplines(vector, layers, vector.Expect.GetProperty("params_after"), x, network);
        Compare.Close<double>("y after", vector.Tensor("outputs", "y_after"), Predict(new KanNetwork<double>(layers), x), Tolerance);
    }

    private static KanNetwork<double> Network(VectorCase vector)
    {
        KanNetwork<double> network = PykanModel.Network(vector);
        Compare.Close<double>("y before", vector.Tensor("outputs", "y_before"), Predict(network, vector.Tensor("inputs", "x")), 1e-12);
        return network;
    }

    /// <summary>Knots, and the spline of every edge at the samples: where these are fewer than they must be, coefficients are a matter of rounding.</summary>
    private static void CompareSplines(
        VectorCase vector, IReadOnlyList<KanLinear<double>> layers, JsonElement expected, Tensor<double> x, KanNetwork<double>? activations = null)
    {
        Tensor<double> hidden = x;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            KanLinear<double> own = layers[layer];
            string prefix = PykanModel.Prefix(layer);
            Tensor<double> grid = VectorCase.Tensor(expected.GetProperty(prefix + "grid"));
            Compare.Close<double>($"grid {layer} of {vector.Name}", grid, own.Knots.Value.Span, Tolerance);
            Tensor<double> coefficients = PykanModel.Own(VectorCase.Tensor(expected.GetProperty(prefix + "coef")));
            int size = coefficients.Shape.Count / own.Inputs;
            for (int input = 0; input < own.Inputs; input++)
            {
                double[] samples = [.. Enumerable.Range(0, x.Shape[0]).Select(row => hidden[row, input])];
                double[] reference = Curves(grid, coefficients);
                Compare.Close<double>($"splines of layer {layer} from input {input}", new Tensor<double>(new Shape(reference.Length), reference), Curves(own.Knots.Value, own.Coefficients.Value), Tolerance);

                double[] Curves(Tensor<double> knots, Tensor<double> c) => SplineFit.Evaluate(
                    BSplineTable.Build<double>(knots.Row(input), 1, own.Options.Spline.Degree, OutsideGrid.Zero), samples, c.Span.Slice(input * size, size), own.Outputs);
            }

            KanLinear<double> source = activations?.Layers[layer] ?? own;
            hidden = new Tensor<double>(new Shape(x.Shape[0], own.Outputs), Predict(source, hidden));
        }
    }

    internal static GridUpdateOptions Options(VectorCase vector, GridRefit refit) => new()
    {
        Epsilon = vector.Number("grid_eps", 0.02),
        Convention = GridConvention.Pykan,
        Refit = refit,
    };

    private static double[] Predict(Module<double> module, Tensor<double> x) =>
        module.Forward(new Tape<double> { RecordsGradients = false }.Constant(x)).Values.ToArray();
}
