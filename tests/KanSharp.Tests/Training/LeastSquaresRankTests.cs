using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;
using static KanSharp.Tests.Training.LeastSquaresCases;

namespace KanSharp.Tests.Training;

/// <summary>Problems without a unique solution: the loss falls, and nothing crashes or becomes infinite.</summary>
public class LeastSquaresRankTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string problem in new[] { "masked", "silent-layer", "few-samples", "one-sample", "constant-column", "duplicate-column", "all-equal", "fine-grid", "constant-target", "outside" })
            {
                foreach (string method in new[] { "cholesky", "cg", "projection" })
                    data.Add(problem, method);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_falls_in_double_precision(string problem, string method)
    {
        (KanNetwork<double> network, TrainingData<double> data) = Problem<double>(problem);
        Check(network, data, method, RangeFollowing.None, 1e-9);
        (network, data) = Problem<double>(problem);
        Check(network, data, method, RangeFollowing.AllLayers, double.PositiveInfinity);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_falls_in_single_precision(string problem, string method)
    {
        (KanNetwork<float> network, TrainingData<float> data) = Problem<float>(problem);
        Check(network, data, method, RangeFollowing.None, 1e-4);
    }

    private static void Check<T>(KanNetwork<T> network, TrainingData<T> data, string method, RangeFollowing follow, double slack)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var options = new LevenbergMarquardt
        {
            Method = method == "cg" ? StepMethod.ConjugateGradient : StepMethod.Cholesky,
            VariableProjection = method == "projection",
            FollowRange = follow,
            Smoothness = double.IsFinite(slack) ? 0 : 1e-7,
        };
        double start = Loss(network, data);
        FitResult<T> result = Trainer.Fit(network, data, new FitOptions { Optimizer = options, Epochs = 12 });
        Assert.NotEqual(StopReason.Diverged, result.Reason);
        Assert.All(network.Parameters(), entry => Assert.All(entry.Parameter.Value.Span.ToArray(), value => Assert.True(T.IsFinite(value), entry.Path)));
        double end = Loss(network, data);
        Assert.Equal(result.BestLoss, result.History.Min(record => record.TrainingLoss + record.Penalty));
        Assert.True(end <= result.BestLoss * (1 + 1e-4) + 1e-10, $"{end} although the best was {result.BestLoss}");
        Assert.True(end < 0.6 * start || start < 1e-12, $"{start} to {end}: {result.Message}");
        double size = start;
        foreach (EpochRecord record in result.History)
        {
            Assert.True(record.TrainingLoss <= size * (1 + slack) + 1e-13, $"epoch {record.Epoch}: {record.TrainingLoss} after {size}");
            size = record.TrainingLoss;
        }
    }

    private static double Loss<T>(KanNetwork<T> network, TrainingData<T> data)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        Tensor<T> outputs = network.Predict(data.Inputs);
        for (int index = 0; index < outputs.Shape.Count; index++)
            sum += Math.Pow(double.CreateTruncating(outputs.Span[index]) - double.CreateTruncating(data.Targets!.Span[index]), 2);
        return sum / outputs.Shape.Count;
    }

    private static (KanNetwork<T> Network, TrainingData<T> Data) Problem<T>(string name)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int count = name switch { "few-samples" => 5, "one-sample" => 1, "fine-grid" => 20, _ => 120 };
        TrainingData<T> data = Samples<T>(count, 1);
        KanNetwork<T> network = Network<T>([2, 3, 1], seed: 3, intervals: name == "fine-grid" ? 100 : 5, options: new KanLinearOptions { Mask = name == "masked", Bias = name == "all-equal" });
        if (name == "masked")
        {
            for (int edge = 0; edge < 6; edge += 2)
                network.Layers[0].Mask!.Value.Span[edge] = T.Zero;
            network.Layers[1].Mask!.Value.Span[1] = T.Zero;
        }

        if (name == "silent-layer")
        {
            network.Layers[1].Coefficients.Value.Span.Clear();
            network.Layers[1].BaseWeight!.Value.Span.Clear();
        }

        for (int row = 0; row < count; row++)
        {
            if (name == "constant-column")
                data.Inputs[row, 1] = T.CreateTruncating(0.3);
            if (name == "duplicate-column")
                data.Inputs[row, 1] = data.Inputs[row, 0];
            if (name == "all-equal")
                (data.Inputs[row, 0], data.Inputs[row, 1]) = (T.CreateTruncating(0.1), T.CreateTruncating(-0.2));
            if (name is "constant-column" or "duplicate-column" or "all-equal")
                data.Targets![row, 0] = T.CreateTruncating(name == "all-equal" ? 2 : Math.Exp(double.CreateTruncating(data.Inputs[row, 0])));
            if (name == "constant-target")
                data.Targets![row, 0] = T.One;
            if (name == "outside")
                data.Inputs[row, 0] *= T.CreateTruncating(3);
        }

        return (network, data);
    }
}
