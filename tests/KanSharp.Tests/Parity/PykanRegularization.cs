using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Parity;

/// <summary>
/// Kind pykan_reg: value and gradients of the penalty for every metric, with what pykan leaves out of the gradient left out; the exact gradients are
/// checked against differences.
/// </summary>
internal static class PykanRegularization
{
    public static void Check(VectorCase vector)
    {
        KanNetwork<double> network = PykanModel.Network(vector);
        Tensor<double> x = vector.Tensor("inputs", "x");
        foreach (JsonElement expected in vector.Expect.EnumerateArray())
        {
            string metric = expected.GetProperty("reg_metric").GetString()!;
            var options = new Regularization
            {
                Metric = Metric(metric),
                L1 = expected.GetProperty("lamb_l1").GetDouble(),
                Entropy = expected.GetProperty("lamb_entropy").GetDouble(),
                Coefficients = expected.GetProperty("lamb_coef").GetDouble(),
                CoefficientDifferences = expected.GetProperty("lamb_coefdiff").GetDouble(),
            };
            Func<Var<double>, Var<double>> exact = input => Record(network, input, options);
            Tests.Autodiff.Check.Passed(GradientCheck.Run(exact, x, network.Parameters()));
            double value = Penalty(network, x, options with { PykanGradients = true });
            Compare.Close(metric, expected.GetProperty("value").GetDouble(), value, 1e-12);
            PykanModel.CompareNetwork($"{metric} grad", network, expected.GetProperty("grads"), gradients: true, 1e-10);
        }
    }

    public static RegularizationMetric Metric(string name) => name switch
    {
        "edge_forward_spline_n" => RegularizationMetric.EdgeForwardNormalized,
        "edge_forward_spline_u" => RegularizationMetric.EdgeForward,
        "edge_forward_sum" => RegularizationMetric.EdgeForwardSum,
        "edge_backward" => RegularizationMetric.EdgeBackward,
        "node_backward" => RegularizationMetric.NodeBackward,
        _ => throw new InvalidDataException($"reg_metric '{name}'"),
    };

    private static double Penalty(KanNetwork<double> network, Tensor<double> x, Regularization options)
    {
        foreach ((_, Parameter<double> parameter) in network.Parameters())
            parameter.ClearGradient();
        var tape = new Tape<double>();
        Var<double> penalty = Record(network, tape.Constant(x), options);
        tape.Backward(penalty);
        return penalty.Item;
    }

    private static Var<double> Record(KanNetwork<double> network, Var<double> x, Regularization options)
    {
        var regularizer = new Regularizer<double>(options);
        x.Tape.Observer = regularizer;
        return regularizer.Penalty(network.Forward(x));
    }
}
