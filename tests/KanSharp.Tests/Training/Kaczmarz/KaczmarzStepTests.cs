using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training.Kaczmarz;

/// <summary>Single steps against dense reference steps in double, at every register width.</summary>
public sealed class KaczmarzStepTests
{
    public static TheoryData<string, int, int, bool> Cases()
    {
        var cases = new TheoryData<string, int, int, bool>();
        foreach (string widths in new[] { "1,1", "3,1", "2,5,1", "16,20,1", "3,4,2", "2,19,3,2", "4,2,1,1", "2,35,33" })
        {
            foreach (int degree in new[] { 1, 2, 3, 5 })
                cases.Add(widths, degree, 4, degree == 3);
        }

        cases.Add("3,70,1", 1, 29, false);
        cases.Add("3,5,1", 1, 3, true);
        cases.Add("3,17,2", 1, 1, true);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_of_every_form_is_the_reference_step(string widths, int degree, int intervals, bool everything)
    {
        foreach (KaczmarzForm form in Enum.GetValues<KaczmarzForm>())
        {
            foreach (int width in new[] { 0, 128, 256, 512 })
            {
                Compare<double>(widths, degree, intervals, everything, form, (SimdWidth)width, 1e-10);
                Compare<float>(widths, degree, intervals, everything, form, (SimdWidth)width, 2e-3);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Edges_that_are_off_take_no_part(int degree)
    {
        foreach (string widths in new[] { "3,6,2", "2,5,1" })
        {
            KanNetwork<double> network = Network(widths, degree, 4, everything: true);
            foreach (KanLinear<double> layer in network.Layers)
            {
                for (int edge = 0; edge < layer.Mask!.Value.Shape.Count; edge += 3)
                    layer.Mask.Value.Span[edge] = 0;
            }

            foreach (KaczmarzForm form in Enum.GetValues<KaczmarzForm>())
                Compare(network.Clone(), form, SimdWidths.Best, 1e-10);
        }
    }

    [Fact]
    public void One_layer_meets_its_record_exactly()
    {
        KanNetwork<double> network = Network("5,3", 3, 6, everything: true);
        (double[] x, double[] y) = Records(network, 1);
        Step(network, new NewtonKaczmarz { ExtendRanges = false }, x, y);
        Assert.All(network.Predict(new Tensor<double>(new Shape(1, 5), x)).Span.ToArray().Zip(y), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void One_layer_meets_a_whole_block_exactly()
    {
        KanNetwork<double> network = Network("5,2", 3, 6, everything: false);
        (double[] x, double[] y) = Records(network, 4);
        Step(network, new NewtonKaczmarz { Form = KaczmarzForm.Block, BlockSize = 4, ExtendRanges = false }, x, y);
        Assert.All(network.Predict(new Tensor<double>(new Shape(4, 5), x)).Span.ToArray().Zip(y), pair => Assert.Equal(pair.Second, pair.First, 1e-11));
    }

    [Theory]
    [InlineData("4,7,1")]
    [InlineData("4,7,3,2")]
    public void The_residual_of_a_deep_network_vanishes_to_first_order(string widths)
    {
        double Remaining(double size)
        {
            KanNetwork<double> network = Network(widths, 3, 5, everything: false);
            (double[] x, _) = Records(network, 1);
            var at = new Tensor<double>(new Shape(1, 4), x);
            double[] y = [.. network.Predict(at).Span.ToArray().Select((value, t) => value + size * (t + 1))];
            Step(network, new NewtonKaczmarz { ExtendRanges = false }, x, y);
            return network.Predict(at).Span.ToArray().Zip(y, (a, b) => Math.Abs(a - b)).Max();
        }

        double coarse = Remaining(1e-3), fine = Remaining(1e-4);
        Assert.InRange(coarse, 0, 1e-4);
        Assert.InRange(fine, 0, 0.02 * coarse);
    }

    [Fact]
    public void Records_that_say_the_same_are_no_obstacle_to_a_block()
    {
        KanNetwork<double> network = Network("3,4,1", 1, 4, everything: false);
        (double[] x, double[] y) = Records(network, 1);
        double[] many = [.. Enumerable.Repeat(x, 5).SelectMany(values => values)];
        Step(network, new NewtonKaczmarz { Form = KaczmarzForm.Block, ExtendRanges = false }, many, [y[0], y[0], y[0], y[0], y[0]]);
        Assert.InRange(Math.Abs(network.Predict(new Tensor<double>(new Shape(1, 3), x)).Span[0] - y[0]), 0, 0.5);
    }

    [Fact]
    public void An_input_outside_stretches_the_grid_and_keeps_the_coefficients()
    {
        KanNetwork<double> network = Network("2,1", 1, 4, everything: false);
        double[] before = [.. network.Layers[0].Coefficients.Value.Span];
        double y = network.Predict(new Tensor<double>(new Shape(1, 2), [-1.0, 0.3])).Span[0];
        Step(network, new NewtonKaczmarz { LearningRate = 1e-300 }, [3.0, 0.3], [y]);
        // the upper end moves to 3, then both by 1 % of 4
        Assert.Equal([-1.04, 3.04], [network.Layers[0].Knots.Value[0, 1], network.Layers[0].Knots.Value[0, 5]], Near);
        Assert.Equal([-1.04 + 4.08 / 4], [network.Layers[0].Knots.Value[0, 2]], Near);
        Assert.Equal([-1.0, 1.0], [network.Layers[0].Knots.Value[1, 1], network.Layers[0].Knots.Value[1, 5]]);
        Assert.Equal(before, network.Layers[0].Coefficients.Value.Span.ToArray());
    }

    [Fact]
    public void Frozen_parameters_stay()
    {
        KanNetwork<double> network = Network("2,4,1", 3, 4, everything: false);
        network.Layers[0].Coefficients.Trainable = false;
        double[] before = [.. network.Layers[0].Coefficients.Value.Span], last = [.. network.Layers[1].Coefficients.Value.Span];
        (double[] x, double[] y) = Records(network, 1);
        Step(network, new NewtonKaczmarz { ExtendRanges = false }, x, y);
        Assert.Equal(before, network.Layers[0].Coefficients.Value.Span.ToArray());
        Assert.NotEqual(last, network.Layers[1].Coefficients.Value.Span.ToArray());
        Assert.Equal(y[0], network.Predict(new Tensor<double>(new Shape(1, 2), x)).Span[0], 1e-12);
    }

    [Fact]
    public void A_round_without_steps_changes_no_bit()
    {
        foreach (int degree in new[] { 1, 2, 3 })
        {
            KanNetwork<float> network = Convert<float, double>(Network("3,7,2", degree, 5, everything: false));
            float[][] before = [.. network.Parameters().Select(entry => entry.Parameter.Value.Span.ToArray()), .. network.States().Select(entry => entry.State.Value.Span.ToArray())];
            new NewtonKaczmarz().Bind(network).Step([], [], [1234.5, 1e-3]);
            float[][] after = [.. network.Parameters().Select(entry => entry.Parameter.Value.Span.ToArray()), .. network.States().Select(entry => entry.State.Value.Span.ToArray())];
            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void Rounds_allocate_nothing()
    {
        KanNetwork<float> network = Convert<float, double>(Network("3,7,1", 1, 5, everything: false));
        using var executor = new Executor(1);
        NewtonKaczmarzOptimizer<float> optimizer = new NewtonKaczmarz().Bind(network, executor);
        float[] x = [.. Enumerable.Range(0, 300).Select(n => (float)Math.Sin(n))], y = [.. Enumerable.Range(0, 100).Select(n => (float)Math.Cos(n))];
        double[] scale = [1];
        Assert.Equal(0, SteadyState.AllocatedBytes(() => optimizer.Step(x, y, scale)));
    }

    internal static KanNetwork<double> Network(string widths, int degree, int intervals, bool everything)
    {
        int[] nodes = [.. widths.Split(',').Select(int.Parse)];
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = degree, Intervals = intervals },
            BaseActivation = everything ? Activation.SiLU : null,
            EdgeScale = everything,
            Bias = everything,
            Mask = everything,
        };
        KanNetwork<double> network = KanNetwork<double>.Create(nodes, options, seed: 3);
        var random = new SplitRandom(5);
        foreach (KanLinear<double> layer in network.Layers)
        {
            foreach (ref double value in layer.Coefficients.Value.Span)
                value = (2 * random.NextDouble() - 1) / Math.Sqrt(layer.Inputs);
        }

        return network;
    }

    private static (double[] X, double[] Y) Records(KanNetwork<double> network, int count)
    {
        var random = new SplitRandom(11);
        return ([.. Enumerable.Range(0, count * network.Layers[0].Inputs).Select(_ => 2 * random.NextDouble() - 1)],
            [.. Enumerable.Range(0, count * network.Layers[^1].Outputs).Select(_ => 2 * random.NextDouble() - 1)]);
    }

    private static void Step(KanNetwork<double> network, NewtonKaczmarz options, double[] x, double[] y)
    {
        double[] scale = [.. Enumerable.Repeat(1.0, network.Layers[^1].Outputs)];
        Assert.True(double.IsFinite(options.Bind(network).Step(x, y, scale)));
    }

    private static void Compare<T>(string widths, int degree, int intervals, bool everything, KaczmarzForm form, SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Compare(Convert<T, double>(Network(widths, degree, intervals, everything)), form, width, tolerance);

    /// <summary>Five records, one of them outside of the grid, with steps of the reference beside.</summary>
    private static void Compare<T>(KanNetwork<T> network, KaczmarzForm form, SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var executor = new Executor(1, width);
        KanNetwork<double> exact = Convert<double, T>(network);
        (double[] x, double[] y) = Records(exact, 5);
        x[exact.Layers[0].Inputs] = 1.25;
        int inputs = exact.Layers[0].Inputs, outputs = exact.Layers[^1].Outputs;
        double[] scale = [.. Enumerable.Range(0, outputs).Select(t => 0.3 * (t + 1))];
        double alpha = form == KaczmarzForm.Constant ? 0.05 : 0.7;
        var options = new NewtonKaczmarz { Form = form, BlockSize = 2, Damping = 0.25, LearningRate = alpha, ExtendRanges = false };
        var naive = new NaiveKaczmarz(exact, scale);
        int group = form == KaczmarzForm.Block ? 2 : 1;
        for (int start = 0; start < 5; start += group)
        {
            double[][] records = [.. Enumerable.Range(start, Math.Min(group, 5 - start)).Select(n => x[(n * inputs)..((n + 1) * inputs)])];
            double[][] targets = [.. Enumerable.Range(start, Math.Min(group, 5 - start)).Select(n => y[(n * outputs)..((n + 1) * outputs)])];
            if (form == KaczmarzForm.Constant)
                naive.Constant(records[0], targets[0], alpha);
            else
                naive.Project(records, targets, alpha, 0.25);
        }

        options.Bind(network, executor).Step(Array.ConvertAll(x, T.CreateTruncating), Array.ConvertAll(y, T.CreateTruncating), scale);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            KanLinear<T> layer = network.Layers[l];
            double[] expected = [.. naive.Coefficients[l].Cast<double>()];
            double size = layer.Coefficients.Value.Span.ToArray().Max(value => Math.Abs(double.CreateTruncating(value)));
            for (int at = 0; at < layer.Coefficients.Shape.Count; at++)
            {
                int edge = at / (layer.Coefficients.Shape[1] * layer.Outputs) * layer.Outputs + at % layer.Outputs;
                if (layer.Mask is null || layer.Mask.Value.Span[edge] != T.Zero)
                    Assert.Equal(expected[at], double.CreateTruncating(layer.Coefficients.Value.Span[at]), tolerance * size);
            }

            for (int at = 0; at < layer.BaseWeight?.Shape.Count; at++)
            {
                if (layer.Mask!.Value.Span[at] != T.Zero)
                    Assert.Equal(naive.Base[l]!.Cast<double>().ElementAt(at), double.CreateTruncating(layer.BaseWeight.Value.Span[at]), tolerance);
            }

            for (int at = 0; at < layer.Bias?.Shape.Count; at++)
                Assert.Equal(naive.Bias[l]![at], double.CreateTruncating(layer.Bias.Value.Span[at]), tolerance);
        }
    }

    private static KanNetwork<TTo> Convert<TTo, TFrom>(KanNetwork<TFrom> network)
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom> => new([.. network.Layers.Select(layer => new KanLinear<TTo>(
            layer.Inputs, layer.Outputs, layer.Options, new KanLinearTensors<TTo>(
                layer.Knots.Value.Cast<TTo>(), layer.Coefficients.Value.Cast<TTo>(), layer.BaseWeight?.Value.Cast<TTo>(),
                layer.EdgeScale?.Value.Cast<TTo>(), layer.Bias?.Value.Cast<TTo>(), layer.Mask?.Value.Cast<TTo>())))]);

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
