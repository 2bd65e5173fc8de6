using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;
using static KanSharp.Tests.Training.LeastSquaresCases;

namespace KanSharp.Tests.Training;

/// <summary>What Levenberg-Marquardt says of data, modules and options that it can not use.</summary>
public class LevenbergMarquardtRefusalTests
{
    [Theory]
    [InlineData("input", "input 1 of sample 7 is")]
    [InlineData("target", "target 1 of sample 7 is not finite")]
    [InlineData("parameter", "of parameter 'layers.1.coefficients' is not finite")]
    [InlineData("first-parameter", "of parameter 'layers.0.coefficients' is not finite")]
    public void What_is_not_finite_is_named(string where, string message)
    {
        foreach (RangeFollowing follow in new[] { RangeFollowing.HiddenLayers, RangeFollowing.None })
        {
            foreach (StepMethod method in new[] { StepMethod.Cholesky, StepMethod.ConjugateGradient })
            {
                KanNetwork<double> network = Network<double>([2, 3, 2]);
                TrainingData<double> data = Samples<double>(50, 2);
                switch (where)
                {
                    case "input": data.Inputs[7, 1] = double.NaN; break;
                    case "target": data.Targets![7, 1] = double.PositiveInfinity; break;
                    case "parameter": network.Layers[1].Coefficients.Value.Span.Fill(double.NaN); break;
                    default: network.Layers[0].Coefficients.Value.Span.Fill(double.NaN); break;
                }

                double[] before = Values(network);
                FitResult<double> result = Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt { FollowRange = follow, Method = method } });
                Assert.Equal(StopReason.Diverged, result.Reason);
                Assert.Contains(message, result.Message);
                Assert.Equal(before.Count(double.IsFinite), Values(network).Count(double.IsFinite));
            }
        }
    }

    [Fact]
    public void What_it_can_not_do_is_refused()
    {
        var lm = new FitOptions { Optimizer = new LevenbergMarquardt() };
        Assert.Contains("mean squared error", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(Network<double>([2, 1]), Samples<double>(9, 1), lm with { Loss = new HuberLoss() })).Message);
        Assert.Contains("mean squared error", Assert.Throws<ArgumentException>(() => Trainer.Fit(Network<float>([2, 3]), TrainingSamples.Thirds<float>(9), lm)).Message);
        Assert.Contains("2 outputs, the targets have 1", Assert.Throws<ArgumentException>(() => Trainer.Fit(Network<double>([2, 2]), Samples<double>(9, 1), lm)).Message);
        string unknown = Assert.Throws<NotSupportedException>(() => Trainer.Fit(new TinyNet<double>(2, 3, 1), Samples<double>(9, 1), lm)).Message;
        Assert.Contains("'a' is used outside", unknown);
        Assert.Contains("'bias'", unknown);
        Assert.Contains("ssbroyden", unknown);
        KanLinear<double> shared = Network<double>([2, 2]).Layers[0];
        Assert.Contains("two different inputs", Assert.Throws<NotSupportedException>(() => Trainer.Fit(new Sequential<double>(shared, shared), Samples<double>(9, 2), lm)).Message);
        var rows = new TrainingData<double>(new Tensor<double>(new Shape(4, 3, 2)), new Tensor<double>(new Shape(4, 3, 1)));
        string several = Assert.Throws<NotSupportedException>(() => Trainer.Fit(Network<double>([2, 1]), rows, lm)).Message;
        Assert.Contains("'layers.0.coefficients' belongs to a layer that computes 6 rows for 2 samples", several);
        KanNetwork<double> frozen = Network<double>([2, 1]);
        foreach ((_, Parameter<double> parameter) in frozen.Parameters())
            parameter.Trainable = false;
        Assert.Contains("no trainable parameter", Assert.Throws<ArgumentException>(() => Trainer.Fit(frozen, Samples<double>(9, 1), lm)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevenbergMarquardt { Damping = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevenbergMarquardt { Ridge = -1 });
    }

    [Fact]
    public void Options_without_effect_are_warned_about()
    {
        FitResult<double> result = Trainer.Fit(
            Network<double>([2, 1]), Samples<double>(30, 1), new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 2, ClipNorm = 1, AccumulateBatches = 2 });
        Assert.Contains(result.Warnings, warning => warning.Contains("'lm'") && warning.Contains("AccumulateBatches"));
        Assert.Contains(result.Warnings, warning => warning.Contains("'lm'") && warning.Contains("clipping"));
    }
}
