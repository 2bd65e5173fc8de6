using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>Kinds update_grid and update_grid_network, with the reference's double scaling.</summary>
internal static class EfficientKanGridUpdate
{
    private const double Tolerance = 1e-9;

    public static void CheckLayer(VectorCase vector)
    {
        (KanNetwork<double> network, _) = EfficientKanModel.Network<double>(vector);
        KanLinear<double> layer = network.Layers[0];
        Tensor<double> x = vector.Tensor("inputs", "x");
        Compare.Close<double>("y before", vector.Tensor("outputs", "y_before"), Predict(layer, x), 1e-11);
        GridUpdate.Apply(layer, x, Options(vector));
        Compare.Close<double>("grid", vector.Tensor("expect", "grid"), layer.Knots.Value.Span, 1e-12);
        double[] conditions = VectorCase.Numbers(vector.Expect.GetProperty("lstsq_cond"));
        Tensor<double> expected = EfficientKanModel.ToCoefficients(vector.Tensor("expect", "spline_weight"));
        int size = expected.Shape.Count / layer.Inputs;
        for (int input = 0; input < layer.Inputs; input++)
        {
            // Two exact solvers differ in the coefficients by up to the squared condition number of the fit times the rounding error, in the
            // curves they do not: only above a condition of 1000 do the coefficients get that much room
            double tolerance = conditions[input] < 1e3 ? Tolerance : Math.Max(Tolerance, conditions[input] * conditions[input] * 1e-15);
            var slice = new Tensor<double>(new Shape(size), expected.Span.Slice(input * size, size).ToArray());
            Compare.Close<double>($"spline_weight of input {input}", slice, layer.Coefficients.Value.Span.Slice(input * size, size), tolerance);
        }

        CompareCurves("layer", layer, x, vector.Tensor("expect", "grid"), expected);
        Compare.Close<double>("y after", vector.Tensor("outputs", "y_after"), Predict(layer, x), Tolerance);
    }

    public static void CheckNetwork(VectorCase vector)
    {
        (KanNetwork<double> network, string[] prefixes) = EfficientKanModel.Network<double>(vector);
        Tensor<double> x = vector.Tensor("inputs", "x");
        Compare.Close<double>("y before", vector.Tensor("outputs", "y_before"), Predict(network, x), 1e-11);
        GridUpdate.Apply(network, x, Options(vector));
        Tensor<double> hidden = x;
        for (int layer = 0; layer < prefixes.Length; layer++)
        {
            Tensor<double> grid = VectorCase.Tensor(vector.Expect.GetProperty("buffers_after").GetProperty(prefixes[layer] + "grid"));
            Compare.Close<double>($"grid {layer}", grid, network.Layers[layer].Knots.Value.Span, Tolerance);
            EfficientKanModel.CompareLayer("after", network.Layers[layer], vector.Expect.GetProperty("params_after"), prefixes[layer], gradients: false, Tolerance);
            Tensor<double> weight = VectorCase.Tensor(vector.Expect.GetProperty("params_after").GetProperty(prefixes[layer] + "spline_weight"));
            CompareCurves($"layer {layer}", network.Layers[layer], hidden, grid, EfficientKanModel.ToCoefficients(weight));
            hidden = new Tensor<double>(new Shape(x.Shape[0], network.Layers[layer].Outputs), Predict(network.Layers[layer], hidden));
        }

        Compare.Close<double>("y after", vector.Tensor("outputs", "y_after"), Predict(network, x), Tolerance);
    }

    /// <summary>The spline of every edge at the samples, without base branch and scale.</summary>
    private static void CompareCurves(string what, KanLinear<double> layer, Tensor<double> x, Tensor<double> knots, Tensor<double> coefficients)
    {
        int size = coefficients.Shape.Count / layer.Inputs;
        for (int input = 0; input < layer.Inputs; input++)
        {
            double[] samples = [.. Enumerable.Range(0, x.Shape[0]).Select(row => x[row, input])];
            double[] expected = Curves(knots, coefficients);
            Compare.Close<double>($"curves of {what} from input {input}", new Tensor<double>(new Shape(expected.Length), expected), Curves(layer.Knots.Value, layer.Coefficients.Value), Tolerance);

            double[] Curves(Tensor<double> knots, Tensor<double> coefficients) => SplineFit.Evaluate(
                BSplineTable.Build<double>(knots.Row(input), 1, layer.Options.Spline.Degree, OutsideGrid.Zero), samples, coefficients.Span.Slice(input * size, size), layer.Outputs);
        }
    }

    private static GridUpdateOptions Options(VectorCase vector) => new()
    {
        Epsilon = vector.Number("grid_eps", 0.02),
        Margin = vector.Number("margin", 0.01),
        Convention = GridConvention.EfficientKan,
        EfficientKanRefit = true,
    };

    private static double[] Predict(Module<double> module, Tensor<double> x) =>
        module.Forward(new Tape<double> { RecordsGradients = false }.Constant(x)).Values.ToArray();
}
