using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using KanSharp.Training;

namespace KanSharp.Tests.Networks;

/// <summary>Networks with symbolic edges, product nodes, node scales and chosen inputs do all that networks do.</summary>
public class MixedNetworkTests
{
    [Fact]
    public void Gradients_are_exact()
    {
        Run<double>();
        Run<float>();

        static void Run<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            KanNetwork<T> network = MixedNetworks.Create<T>();
            Tensor<T> x = MixedNetworks.Inputs<T>(4, 3);
            Check.Passed(GradientCheck.Run(network.Forward, x, network.Parameters()));
            Check.Passed(GradientCheck.RunJet<T>(network.Forward, x, network.Parameters()));
        }
    }

    [Fact]
    public void Rows_of_the_Jacobian_are_the_derivatives_of_rows()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>();
        Tensor<double> x = MixedNetworks.Inputs<double>(6, 3);
        double[,] rows = DenseJacobian.FromRuns(network.Forward, x, Executor.Default, out JacobianLayout<double> layout);
        Assert.Empty(layout.Refused);
        DenseJacobian.Near(DenseJacobian.FromDifferences(network.Forward, x, layout), rows, 2e-8);
    }

    [Fact]
    public void Prediction_is_the_forward_pass()
    {
        Run<double>(1e-13);
        Run<float>(2e-5);

        static void Run<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            KanNetwork<T> network = MixedNetworks.Create<T>().WithInputs([2, 0, 1]);
            foreach (int rows in (int[])[1, 3, 300, 2500])
            {
                Tensor<T> x = MixedNetworks.Inputs<T>(rows, 3);
                double[] forward = Check.Doubles(network.Forward(new Tape<T>().Constant(x)).Values);
                Check.Close<T>(forward, network.Predict(x).Span, tolerance);
                var y = new T[2 * rows];
                network.Predict(x.Span, y);
                Assert.Equal(network.Predict(x).Span.ToArray(), y);
            }
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        double[] one = Step(1);
        Assert.Equal(one, Step(2));
        Assert.Equal(one, Step(3));

        static double[] Step(int threads)
        {
            using var executor = new Executor(threads);
            KanNetwork<double> network = MixedNetworks.Create<double>();
            Tensor<double> x = MixedNetworks.Inputs<double>(3000, 3);
            var tape = new Tape<double>(executor);
            Var<double> y = network.Forward(tape.Constant(x));
            tape.Backward(y.Square().Mean());
            return [.. network.Predict(x, executor).Span, .. y.Values, .. network.Parameters().SelectMany(entry => entry.Parameter.Gradient.ToArray())];
        }
    }

    [Fact]
    public void Derivatives_of_inputs_are_those_of_differences()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>().WithInputs([2, 0, 1]);
        Tensor<double> x = MixedNetworks.Inputs<double>(5, 3);
        Tensor<double> gradient = network.InputGradient(x), hessian = network.InputHessian(x);
        Assert.Equal((new Shape(5, 2, 3), new Shape(5, 2, 3, 3)), (gradient.Shape, hessian.Shape));
        const double Step = 1e-5;
        for (int i = 0; i < 3; i++)
        {
            (Tensor<double> above, Tensor<double> below) = (Moved(x, i, Step), Moved(x, i, -Step));
            (Tensor<double> yAbove, Tensor<double> yBelow) = (network.Predict(above), network.Predict(below));
            (Tensor<double> gAbove, Tensor<double> gBelow) = (network.InputGradient(above), network.InputGradient(below));
            for (int row = 0; row < 5; row++)
            {
                for (int o = 0; o < 2; o++)
                {
                    Near((yAbove[row, o] - yBelow[row, o]) / (2 * Step), gradient[row, o, i]);
                    for (int k = 0; k < 3; k++)
                        Near((gAbove[row, o, k] - gBelow[row, o, k]) / (2 * Step), Entry(hessian, row, o, i, k));
                }
            }
        }

        Assert.All(network.Parameters(), entry => Assert.All(entry.Parameter.Gradient.ToArray(), value => Assert.Equal(0, value)));

        static void Near(double expected, double actual) => Assert.Equal(expected, actual, 2e-7 * (1 + Math.Abs(expected)));
    }

    [Fact]
    public void Derivatives_of_a_formula_are_exact()
    {
        KanNetwork<double> network = MixedNetworks.Formula<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(1500, 2), 3, -1, 1);
        Tensor<double> gradient = network.InputGradient(x), hessian = network.InputHessian(x);
        for (int row = 0; row < 1500; row += 7)
        {
            double angle = 1.5 * x[row, 0] + 0.3, f = Math.Exp(Math.Sin(angle) + 0.8 * x[row, 1] * x[row, 1]);
            double u = 1.5 * Math.Cos(angle), v = 1.6 * x[row, 1];
            Assert.Equal(f * u, gradient[row, 0, 0], 1e-12 * f);
            Assert.Equal(f * u * v, Entry(hessian, row, 0, 0, 1), 1e-11 * f);
            Assert.Equal(f * (u * u - 2.25 * Math.Sin(angle)), Entry(hessian, row, 0, 0, 0), 1e-11 * f);
            Assert.Equal(f * (v * v + 1.6), Entry(hessian, row, 0, 1, 1), 1e-11 * f);
        }
    }

    [Fact]
    public void Columns_that_are_not_chosen_have_no_derivative()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([4, 1]).WithInputs([1, 3]);
        Tensor<double> x = Check.Sample<double>(new Shape(3, 4), 3, -0.9, 0.9);
        Tensor<double> gradient = network.InputGradient(x);
        Assert.Equal(new Shape(3, 1, 4), gradient.Shape);
        Assert.Equal((0, 0), (gradient[1, 0, 0], gradient[2, 0, 2]));
        Assert.NotEqual(0, gradient[1, 0, 1]);
        Assert.Equal(0, Entry(network.InputHessian(x), 0, 0, 0, 1));
    }

    [Fact]
    public void Observers_see_every_numeric_layer_once()
    {
        KanNetwork<double> network = MixedNetworks.Formula<double>().WithMode(1, 0, 0, EdgeMode.Both);
        var recorder = new ActivationRecorder<double>();
        var tape = new Tape<double> { Observer = recorder };
        network.Forward(tape.Constant(Check.Sample<double>(new Shape(5, 2))));
        Assert.Equal([2, 1], recorder.Inputs.Select(input => input.Shape.Last));
        Assert.All(recorder.Outputs[0].Values.ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(2, network.UpdateGrid(Check.Sample<double>(new Shape(50, 2))).Count);
    }

    [Fact]
    public void Grids_are_refined_and_follow_with_everything_else_kept()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>();
        Tensor<double> x = MixedNetworks.Inputs<double>(100, 3);
        foreach (KanNetwork<double> changed in (KanNetwork<double>[])[network.Clone(), network.Refine(12).Network, network.Elevate(4).Network])
        {
            Assert.Equal(network.Shape, changed.Shape);
            Check.Close<double>(network.Predict(x).Span, changed.Predict(x).Span, 1e-10);
            Assert.Equal(network.Parameters().Select(entry => entry.Path), changed.Parameters().Select(entry => entry.Path));
        }

        RefineResult<double> refined = network.Refine(8, x, new RefineOptions { Follow = RangeFollowing.HiddenLayers });
        Assert.Equal(2, refined.Layers.Count);
        Check.Close<double>(network.Predict(x).Span, refined.Network.Predict(x).Span, 0.05);
        Assert.Equal(2, network.FollowRange(x).Layers.Count);
    }

    [Fact]
    public void What_needs_numeric_layers_alone_says_so()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>();
        Assert.Contains("numeric layers alone", Assert.Throws<ArgumentException>(() => new NewtonKaczmarz().Bind(network)).Message, StringComparison.Ordinal);
        var data = new TrainingData<double>(MixedNetworks.Inputs<double>(10, 3), new Tensor<double>(new Shape(10, 2)));
        Assert.Contains("numeric layers alone", Assert.Throws<ArgumentException>(() => DisjointUnits.Pretrain(network, data, 1)).Message, StringComparison.Ordinal);
    }

    private static double Entry(Tensor<double> hessian, int row, int output, int i, int k) =>
        hessian.Span[((row * hessian.Shape[1] + output) * hessian.Shape[2] + i) * hessian.Shape[3] + k];

    private static Tensor<double> Moved(Tensor<double> x, int column, double step)
    {
        Tensor<double> moved = x.Clone();
        for (int row = 0; row < x.Shape[0]; row++)
            moved[row, column] += step;
        return moved;
    }
}
