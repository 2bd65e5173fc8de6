using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Parity;

/// <summary>Kinds update_grid and update_grid_network, with the reference's double scaling.</summary>
internal static class EfficientKanGridUpdate
{
    public static void CheckLayer(VectorCase vector)
    {
        (KanNetwork<double> network, _) = EfficientKanModel.Network<double>(vector);
        KanLinear<double> layer = network.Layers[0];
        Tensor<double> x = vector.Tensor("inputs", "x");
        Compare.Close<double>("y before", vector.Tensor("outputs", "y_before"), Predict(layer, x), 1e-11);
        GridUpdate.Apply(layer, x, Options(vector));
        Compare.Close<double>("grid", vector.Tensor("expect", "grid"), layer.Knots.Value.Span, 1e-12);
        double[] conditions = VectorCase.Numbers(vector.Expect.GetProperty("lstsq_cond"));
        // Coefficients carry the condition number of the fit; the curves do not.
        double tolerance = Math.Max(1e-9, conditions.Max() * conditions.Max() * 1e-15);
        Compare.Close<double>("spline_weight", EfficientKanModel.ToCoefficients(vector.Tensor("expect", "spline_weight")), layer.Coefficients.Value.Span, tolerance);
        Compare.Close<double>("y after", vector.Tensor("outputs", "y_after"), Predict(layer, x), 1e-9);
    }

    public static void CheckNetwork(VectorCase vector)
    {
        (KanNetwork<double> network, string[] prefixes) = EfficientKanModel.Network<double>(vector);
        Tensor<double> x = vector.Tensor("inputs", "x");
        Compare.Close<double>("y before", vector.Tensor("outputs", "y_before"), Predict(network, x), 1e-11);
        GridUpdate.Apply(network, x, Options(vector));
        for (int layer = 0; layer < prefixes.Length; layer++)
        {
            Tensor<double> grid = VectorCase.Tensor(vector.Expect.GetProperty("buffers_after").GetProperty(prefixes[layer] + "grid"));
            Compare.Close<double>($"grid {layer}", grid, network.Layers[layer].Knots.Value.Span, 1e-9);
            EfficientKanModel.CompareLayer("after", network.Layers[layer], vector.Expect.GetProperty("params_after"), prefixes[layer], gradients: false, 1e-8);
        }

        Compare.Close<double>("y after", vector.Tensor("outputs", "y_after"), Predict(network, x), 1e-9);
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
