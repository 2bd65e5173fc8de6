using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Parity;

/// <summary>Kind train: losses before each step, parameters after the first and the last step.</summary>
internal static class EfficientKanTraining
{
    private const double Tolerance = 1e-9;

    public static void Check(VectorCase vector)
    {
        (KanNetwork<double> network, string[] prefixes) = EfficientKanModel.Network<double>(vector);
        bool classes = vector.Text("loss", "").StartsWith("cross_entropy", StringComparison.Ordinal);
        Tensor<double> x = vector.Tensor("inputs", "x");
        Tensor<double> target = vector.Tensor("inputs", "target");
        int[] labels = classes ? [.. target.Span.ToArray().Select(value => (int)value)] : [];
        double[] betas = VectorCase.Numbers(vector.Config.GetProperty("betas"));
        double[] rates = VectorCase.Numbers(vector.Expect.GetProperty("lrs"));
        double[] losses = VectorCase.Numbers(vector.Expect.GetProperty("losses"));
        double rate = vector.Number("lr", 1e-3);
        double penalty = vector.Number("reg_weight", 0);
        var options = new AdamW
        {
            LearningRate = rate,
            WeightDecay = vector.Number("weight_decay", 0),
            Beta1 = betas[0],
            Beta2 = betas[1],
            Epsilon = vector.Number("eps", 1e-8),
        };
        FirstOrderOptimizer<double> optimizer = options.Bind(network);
        var tape = new Tape<double> { Training = true };
        for (int step = 0; step < losses.Length; step++)
        {
            tape.Reset();
            optimizer.ClearGradients();
            Var<double> y = network.Forward(tape.Constant(x));
            Var<double> loss = classes ? new CrossEntropy().Of(y, labels) : new MeanSquaredError().Of(y, tape.Constant(target));
            if (penalty > 0)
                loss += EdgeRegularization.Penalty(tape, network) * penalty;
            Compare.Close($"loss before step {step + 1}", losses[step], loss.Item, Tolerance);
            tape.Backward(loss);
            optimizer.Step(rates[step] / rate);
            if (step == 0)
                CompareParameters(vector, network, prefixes, "params_after_step_1");
        }

        CompareParameters(vector, network, prefixes, "params_final");
        if (vector.Has("expect", "final_output"))
        {
            tape.Reset();
            Compare.Close("final output", vector.Tensor("expect", "final_output"), network.Forward(tape.Constant(x)).Values, Tolerance);
        }
    }

    private static void CompareParameters(VectorCase vector, KanNetwork<double> network, string[] prefixes, string key)
    {
        JsonElement expected = vector.Expect.GetProperty(key);
        for (int layer = 0; layer < prefixes.Length; layer++)
            EfficientKanModel.CompareLayer(key, network.Layers[layer], expected, prefixes[layer], gradients: false, Tolerance);
    }
}
