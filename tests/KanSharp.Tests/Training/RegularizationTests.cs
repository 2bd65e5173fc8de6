using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Layers;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class RegularizationTests
{
    public static TheoryData<RegularizationMetric> Metrics => [.. Enum.GetValues<RegularizationMetric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Gradients_go_through_hidden_layers(RegularizationMetric metric)
    {
        var options = new Regularization
        {
            Metric = metric,
            Lambda = 0.7,
            L1 = 0.6,
            Entropy = 1.4,
            Coefficients = 0.1,
            CoefficientDifferences = 0.2,
            Smoothness = 0.3,
        };
        CheckGradients<double>(options);
        CheckGradients<float>(options);
    }

    /// <summary>pykan's gradient of backward metrics is that of the penalty with the spreads of nodes held at their present values.</summary>
    [Theory]
    [InlineData(RegularizationMetric.EdgeBackward)]
    [InlineData(RegularizationMetric.NodeBackward)]
    public void As_in_pykan_backward_metrics_hold_the_spreads_of_nodes(RegularizationMetric metric)
    {
        // Scaling base weight and coefficients of all edges of the last layer by c multiplies E and N alike; with N held, d/dc at c = 1 is that of E alone.
        KanNetwork<double> network = Network<double>();
        KanLinear<double> last = network.Layers[^1];
        Tensor<double> x = Check.Sample<double>(new Shape(30, 2), 4, -0.9, 0.9);
        var options = new Regularization { Metric = metric, Entropy = 0, PykanGradients = true };
        double value = Penalty(network, x, options);
        double slope = 0;
        foreach ((_, Parameter<double> parameter) in last.Parameters().Where(entry => entry.Path is "coefficients" or "base_weight"))
        {
            for (int index = 0; index < parameter.Shape.Count; index++)
                slope += parameter.Gradient[index] * parameter.Value.Span[index];
        }

        // every score but the outputs' own is proportional to the last layer's edges
        Assert.Equal(value, slope, 1e-10 * value);
    }

    [Fact]
    public void Weights_are_the_short_form()
    {
        double[] Fit(FitOptions options)
        {
            KanNetwork<double> network = Network<double>();
            Trainer.Fit(network, TrainingSamples.Wave<double>(100), options with { Epochs = 2 });
            return network.Layers[0].Coefficients.Value.Span.ToArray();
        }

        var full = new Regularization { Metric = RegularizationMetric.Weights, Lambda = 0.01, L1 = 2, Entropy = 0.5 };
        Assert.Equal(Fit(new FitOptions { Lambda = 0.01, LambdaL1 = 2, LambdaEntropy = 0.5 }), Fit(new FitOptions { Regularization = full }));
        var error = Assert.Throws<ArgumentException>(() => Fit(new FitOptions { Lambda = 0.01, Regularization = full }));
        Assert.Contains("0.01", error.Message);
    }

    [Fact]
    public void The_paper_has_one_entropy_over_all_edges()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, new KanLinearOptions(), 2);
        var network = new KanNetwork<double>([layer]);
        Tensor<double> x = Check.Sample<double>(new Shape(50, 2), 4);
        double[] sizes = new double[6];
        for (int i = 0; i < 2; i++)
        {
            double[] column = [.. Enumerable.Range(0, 50).Select(row => x[row, i])];
            double[] basePart = new double[150], spline = new double[150];
            EdgeFunctions.Evaluate<double>(layer, i, column, basePart, spline);
            for (int o = 0; o < 3; o++)
                sizes[i * 3 + o] = Enumerable.Range(0, 50).Average(row => Math.Abs(basePart[row * 3 + o] + spline[row * 3 + o]));
        }

        double total = sizes.Sum();
        double expected = 0.1 * (total - 2 * sizes.Sum(size => size / total * Math.Log(size / total)));
        Assert.Equal(expected, Penalty(network, x, new Regularization { Lambda = 0.1, Entropy = 2 }), 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_straight_line_is_smooth_on_any_knots(int degree)
    {
        var options = new Regularization { L1 = 0, Entropy = 0, Smoothness = 1 };
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, new BSplineOptions { Degree = degree, Intervals = 7 }, 5);
        var network = new KanNetwork<double>([layer]);
        var x = new Tensor<double>(new Shape(1, 2));
        Assert.True(Penalty(network, x, options) > 0.01);
        for (int i = 0; i < 2; i++)
        {
            ReadOnlySpan<double> knots = layer.Knots.Value.Row(i);
            for (int n = 0; n < 7 + degree; n++)
            {
                double greville = 0;
                for (int k = 1; k <= degree; k++)
                    greville += knots[n + k] / degree;
                for (int o = 0; o < 3; o++)
                    layer.Coefficients.Value[i, n, o] = 0.3 - (1.5 + o) * greville;
            }
        }

        Assert.Equal(0, Penalty(network, x, options), 1e-20);
    }

    [Fact]
    public void On_uniform_knots_smoothness_is_that_of_P_splines()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, new KanLinearOptions { Mask = true }, 5, uniform: true);
        double expected = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int o = 0; o < 3; o++)
            {
                double factor = layer.Mask!.Value[i, o] * layer.EdgeScale!.Value[i, o];
                for (int n = 0; n + 2 < 8; n++)
                {
                    double bend = layer.Coefficients.Value[i, n + 2, o] - 2 * layer.Coefficients.Value[i, n + 1, o] + layer.Coefficients.Value[i, n, o];
                    expected += factor * factor * bend * bend / 3;
                }
            }
        }

        Assert.Equal(expected, Penalty(new KanNetwork<double>([layer]), new Tensor<double>(new Shape(1, 2)), new Regularization { L1 = 0, Entropy = 0, Smoothness = 1 }), 1e-12);
    }

    [Fact]
    public void Slopes_are_those_of_the_penalty()
    {
        KanNetwork<double> network = Network<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(30, 2), 4, -0.9, 0.9);
        foreach (RegularizationMetric metric in (RegularizationMetric[])[RegularizationMetric.MeanActivation, RegularizationMetric.EdgeForward, RegularizationMetric.EdgeForwardNormalized])
        {
            var options = new Regularization { Metric = metric, Lambda = 0.5, Entropy = 1.5 };
            network.Layers[1].Coefficients.Gradient[0] = 7;
            (double penalty, IReadOnlyList<EdgeSlopes<double>> layers) = EdgeSlopes<double>.Of(network, x, options, new Tape<double>());
            Assert.Equal(7, network.Layers[1].Coefficients.Gradient[0]);
            Assert.Equal(Penalty(network, x, options), penalty, 1e-12);

            // Scaling one edge of the last layer changes its size alone
            EdgeSlopes<double> last = layers[1];
            const int edge = 2;
            double scale = 1e-6;
            double[] values = [.. new[] { 1 + scale, 1 - scale }.Select(factor =>
            {
                KanNetwork<double> changed = network.Clone();
                KanLinear<double> layer = changed.Layers[1];
                layer.BaseWeight!.Value.Span[edge] *= factor;
                layer.EdgeScale!.Value.Span[edge] *= factor;
                return Penalty(changed, x, options);
            })];
            Assert.Equal((values[0] - values[1]) / (2 * scale), last.Slopes[edge] * last.Sizes[edge], 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Every_optimiser_trains_with_every_metric(RegularizationMetric metric)
    {
        foreach (OptimizerOptions optimizer in (OptimizerOptions[])[new AdamW { LearningRate = 0.01 }, new Lbfgs(), new SelfScaledQuasiNewton()])
        {
            KanNetwork<double> network = Network<double>();
            FitResult<double> result = Trainer.Fit(network, TrainingSamples.Wave<double>(100), new FitOptions
            {
                Optimizer = optimizer,
                Epochs = 10,
                Regularization = new Regularization { Metric = metric, Lambda = 1e-3, Smoothness = 1e-3 },
            });
            Assert.Equal(StopReason.BudgetReached, result.Reason);
            EpochRecord first = result.History[0], last = result.History[^1];
            Assert.True(last.Penalty > 0);
            Assert.True(last.TrainingLoss + last.Penalty < first.TrainingLoss + first.Penalty);
        }
    }

    [Fact]
    public void Sparsity_removes_an_idle_input()
    {
        // the second input does not matter
        double[] x = [.. Enumerable.Range(0, 200).Select(i => Math.Sin(i * 1.7))];
        double[] idle = [.. Enumerable.Range(0, 200).Select(i => Math.Cos(i * 0.9))];
        var inputs = new Tensor<double>(new Shape(200, 2), [.. x.Zip(idle, (a, b) => (double[])[a, b]).SelectMany(row => row)]);
        var data = new TrainingData<double>(inputs, new Tensor<double>(new Shape(200, 1), [.. x.Select(a => Math.Sin(2 * a))]));
        KanNetwork<double> network = Network<double>();
        Trainer.Fit(network, data, new FitOptions { Optimizer = new Lbfgs(), Epochs = 30, Regularization = Regularization.Pykan with { Lambda = 1e-2 } });
        (_, IReadOnlyList<EdgeSlopes<double>> layers) = EdgeSlopes<double>.Of(network, inputs, Regularization.Pykan, new Tape<double>());
        double used = layers[0].Sizes[..3].Max(), unused = layers[0].Sizes[3..].Max();
        Assert.True(unused < 0.02 * used, $"{unused} against {used}");
    }

    [Fact]
    public void Backward_metrics_need_layers_in_a_row()
    {
        var module = new Sequential<double>(Network<double>(), new ActivationLayer<double>(KanSharp.Numerics.Activation.Tanh));
        var options = new FitOptions { Regularization = new Regularization { Metric = RegularizationMetric.EdgeBackward } };
        var error = Assert.Throws<InvalidOperationException>(() => Trainer.Fit(module, TrainingSamples.Wave<double>(50), options));
        Assert.Contains("KAN layer 1 of 2", error.Message);
    }

    [Fact]
    public void Wrong_weights_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Regularization { Lambda = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Regularization { Smoothness = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Regularization { Metric = (RegularizationMetric)99 });
    }

    private static void CheckGradients<T>(Regularization options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanNetwork<T> network = Network<T>();
        Tensor<T> x = Check.Sample<T>(new Shape(17, 2), 4, -0.9, 0.9);
        Check.Passed(GradientCheck.Run(input => Record(network, input, options), x, network.Parameters()));
    }

    private static double Penalty(KanNetwork<double> network, Tensor<double> x, Regularization options)
    {
        foreach ((_, Parameter<double> parameter) in network.Parameters())
            parameter.ClearGradient();
        var tape = new Tape<double>();
        Var<double> penalty = Record(network, tape.Constant(x), options);
        tape.Backward(penalty);
        return penalty.Item;
    }

    private static Var<T> Record<T>(KanNetwork<T> network, Var<T> x, Regularization options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var regularizer = new Regularizer<T>(options);
        x.Tape.Observer = regularizer;
        return regularizer.Penalty(network.Forward(x));
    }

    private static KanNetwork<T> Network<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        KanNetwork<T>.Create([2, 3, 1], new KanLinearOptions { Initialization = KanInitialization.Pykan with { NoiseScale = 1 } }, seed: 3);
}
