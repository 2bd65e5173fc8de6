using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using static KanSharp.Tests.Layers.Images.ConvSteps;

namespace KanSharp.Tests.Layers.Images;

/// <summary>KAN convolutions against their definition, finite differences and each other.</summary>
public class KanConvTests
{
    public static TheoryData<int> Windows => [.. Enumerable.Range(0, ConvReference.Geometries.Length)];

    public static TheoryData<string> Families => FamilyLayers.Names;

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_convolution_is_its_definition_for_every_window_and_register_width(int index)
    {
        (int[] image, ConvWindow window, PaddingMode mode) = ConvReference.Geometries[index];
        KanConv<double> layer = Create<double>("b-spline", 3, 7, window, mode, index);
        Tensor<double> x = ConvReference.Images<double>(4, 3, image, index);
        double[] expected = ConvReference.Forward(layer, x);
        foreach (SimdWidth width in SimdWidths.All)
            Near(expected, Forward(layer, x, width), 1e-12);
        KanConv<float> single = Create<float>("b-spline", 3, 7, window, mode, index);
        foreach (SimdWidth width in SimdWidths.All)
            Near(ConvReference.Forward(single, x.Cast<float>()), Forward(single, x.Cast<float>(), width).Select(value => (double)value), 2e-5);
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void Gradients_agree_with_finite_differences_for_every_window(int index)
    {
        (int[] image, ConvWindow window, PaddingMode mode) = ConvReference.Geometries[index];
        KanConv<double> layer = Create<double>("gaussian", 2, 3, window, mode, index);
        Check.Passed(GradientCheck.Run(layer.Forward, ConvReference.Images<double>(2, 2, image, index), layer.Parameters()));
        KanConv<double> trained = Create<double>("relu", 2, 3, window, mode, index);
        Check.Passed(GradientCheck.Run(trained.Forward, ConvReference.Images<double>(2, 2, image, index), trained.Parameters()));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_family_convolves(string family)
    {
        var window = new ConvWindow(2, 3) { Padding = [1], Stride = [1, 2] };
        KanConv<double> layer = Create<double>(family, 3, 4, window, PaddingMode.PadInput, 5);
        Tensor<double> x = ConvReference.Images<double>(3, 3, [4, 5], 6);
        double[] expected = ConvReference.Forward(layer, x);
        foreach (SimdWidth width in SimdWidths.All)
            Near(expected, Forward(layer, x, width), 1e-11);
        KanConv<double> small = Create<double>(family, 2, 2, window, PaddingMode.PadInput, 7);
        Tensor<double> images = ConvReference.Images<double>(2, 2, [3, 4], 8);
        Check.Passed(GradientCheck.Run(small.Forward, images, small.Parameters()));
        KanConv<float> single = Create<float>(family, 2, 2, window, PaddingMode.PadInput, 7);
        Check.Passed(GradientCheck.Run(single.Forward, images.Cast<float>(), single.Parameters()));
    }

    [Theory]
    [InlineData("b-spline", 24, 7, 1, PaddingMode.PadInput, 1)]
    [InlineData("b-spline", 40, 10, 1, PaddingMode.PadBasis, 2)]
    [InlineData("gram", 24, 18, 6, PaddingMode.PadBasis, 2)]
    [InlineData("relu", 6, 9, 3, PaddingMode.Replicate, 1)]
    [InlineData("mexican-hat", 4, 6, 2, PaddingMode.PadInput, 2)]
    public void Many_channels_and_groups_are_the_definition(string family, int inputs, int outputs, int groups, PaddingMode mode, int stride)
    {
        KanConv<double> layer = Create<double>(family, inputs, outputs, ConvWindow.Square(3, padding: 1, stride: stride), mode, 3, groups);
        layer.Bias!.Value.Span.Fill(0.25);
        Tensor<double> x = ConvReference.Images<double>(2, inputs, [21, 20], 4);
        double[] expected = ConvReference.Forward(layer, x);
        foreach (SimdWidth width in SimdWidths.All)
            Near(expected, Forward(layer, x, width), 1e-11);
        // along one direction of inputs and parameters together: a whole check would take minutes
        (double[] y, double[][] gradients) = Step(layer, x, null);
        double[] cotangent = Check.Sample<double>(new Shape(y.Length), 9).Span.ToArray();
        Parameter<double>[] parameters = [.. layer.Parameters().Select(entry => entry.Parameter)];
        Tensor<double>[] tensors = [x, .. parameters.Select(parameter => parameter.Value)];
        var random = new Random(5);
        double[][] direction = [.. tensors.Select(tensor => Enumerable.Range(0, tensor.Shape.Count).Select(_ => random.NextDouble() - 0.5).ToArray())];
        double slope = gradients.Zip(direction, (gradient, along) => gradient.Zip(along, (g, a) => g * a).Sum()).Sum();
        const double h = 1e-6;
        double difference = (Loss(h) - Loss(-2 * h)) / (2 * h);
        Assert.Equal(difference, slope, 1e-5 * (1 + Math.Abs(slope)));

        double Loss(double step)
        {
            foreach ((Tensor<double> tensor, double[] along) in tensors.Zip(direction))
            {
                for (int index = 0; index < along.Length; index++)
                    tensor.Span[index] += step * along[index];
            }

            return Forward(layer, x, SimdWidths.Best).Zip(cotangent, (value, weight) => value * weight).Sum();
        }
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        KanConv<float> layer = Create<float>("b-spline", 3, 10, ConvWindow.Square(3, padding: 1), PaddingMode.PadInput, 1);
        Tensor<float> x = ConvReference.Images<float>(40, 3, [12, 11], 2);
        using var one = new Executor(1);
        using var three = new Executor(3);
        (float[] y, float[][] gradients) = Step(layer, x, null, one);
        (float[] again, float[][] others) = Step(layer, x, null, three);
        Assert.Equal(y, again);
        Assert.Equal(gradients, others);
    }

    [Theory]
    [InlineData(5, 1, 1)]
    [InlineData(7, 2, 1)]
    [InlineData(12, 1, 0)]
    [InlineData(30, 1, 1)]
    public void An_image_does_not_feel_the_others_of_its_batch(int side, int stride, int padding)
    {
        ConvWindow window = ConvWindow.Square(3, padding, stride);
        KanConv<float> layer = Create<float>("gram", 2, 5, window, PaddingMode.PadInput, 4);
        Tensor<float> x = ConvReference.Images<float>(530, 2, [side, side], 5);
        float[] all = Forward(layer, x, SimdWidths.Best);
        (_, float[][] gradients) = Step(layer, x, null);
        int size = all.Length / 530;
        foreach (int image in (int[])[0, 1, 17, 255, 511, 529])
        {
            var one = new Tensor<float>(new Shape(1, 2, side, side), x.Span.Slice(image * 2 * side * side, 2 * side * side).ToArray());
            Near(Forward(layer, one, SimdWidths.Best).Select(value => (double)value), all[(image * size)..((image + 1) * size)].Select(value => (double)value), 1e-5);
        }

        // the gradient of the weights is the sum over parts of the batch
        double[] sums = new double[gradients[1].Length];
        float[] cotangent = Check.Sample<float>(new Shape(all.Length), 9).Span.ToArray();
        for (int start = 0; start < 530; start += 53)
        {
            var part = new Tensor<float>(new Shape(53, 2, side, side), x.Span.Slice(start * 2 * side * side, 53 * 2 * side * side).ToArray());
            var tape = new Tape<float>();
            foreach ((_, Parameter<float> parameter) in layer.Parameters())
                parameter.Gradient.Clear();
            Var<float> y = layer.Forward(tape.Input(part));
            tape.Backward(y, cotangent.AsSpan(start * size, 53 * size));
            float[] gradient = layer.Parameters().First().Parameter.Gradient.ToArray();
            for (int index = 0; index < sums.Length; index++)
                sums[index] += gradient[index];
        }

        Near(sums, gradients[1].Select(value => (double)value), 1e-4);
    }

    [Fact]
    public void A_repeated_step_allocates_nothing()
    {
        KanConv<float> layer = Create<float>("b-spline", 2, 5, ConvWindow.Square(3), PaddingMode.PadInput, 1);
        Tensor<float> x = ConvReference.Images<float>(8, 2, [8, 8], 2);
        using var executor = new Executor(1);
        var tape = new Tape<float>(executor) { Training = true };
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            tape.Reset();
            tape.Backward(layer.Forward(tape.Constant(x)).Sum());
        }));
    }

    [Fact]
    public void The_derivative_along_a_direction_is_the_limit_of_differences()
    {
        KanConv<double> layer = Create<double>("gaussian", 2, 4, ConvWindow.Square(3, padding: 1), PaddingMode.PadInput, 1, groups: 2);
        Tensor<double> x = ConvReference.Images<double>(2, 2, [4, 5], 2), direction = ConvReference.Images<double>(2, 2, [4, 5], 3);
        var tape = new Tape<double>();
        Jet<double> y = layer.Forward(new Jet<double>(tape.Constant(x), tape.Constant(direction)));
        const double h = 1e-6;
        double[] ahead = Forward(layer, Moved(h), SimdWidths.Best), behind = Forward(layer, Moved(-h), SimdWidths.Best);
        Near(ahead.Zip(behind, (a, b) => (a - b) / (2 * h)), y.Derivative.Values.ToArray(), 1e-7);

        Tensor<double> Moved(double step) => new(x.Shape, [.. x.Span.ToArray().Zip(direction.Span.ToArray(), (a, d) => a + step * d)]);
    }

    [Fact]
    public void Grids_follow_the_pixels_and_the_outputs_stay()
    {
        KanConv<double> layer = Create<double>("b-spline", 2, 3, ConvWindow.Square(3), PaddingMode.PadInput, 1);
        Tensor<double> x = ConvReference.Images<double>(20, 2, [9, 9], 2);
        double[] before = Forward(layer, x, SimdWidths.Best);
        GridUpdateReport report = Assert.Single(GridUpdate.Apply<double>(layer, x));
        Assert.Equal(2, report.Updated);
        Assert.InRange(layer.Kernels[0].Knots.Value[0, 3], -1.35, -1.2);
        KanConv<double> padded = Create<double>("b-spline", 1, 2, ConvWindow.Square(3, padding: 1), PaddingMode.PadBasis, 1);
        var high = new Tensor<double>(new Shape(2, 1, 5, 5), [.. Enumerable.Range(0, 50).Select(index => 0.5 + 0.002 * index)]);
        GridUpdate.Apply<double>(padded, high);
        Assert.InRange(padded.Kernels[0].Knots.Value[0, 3], 0.4, 0.51);
        double[] after = Forward(layer, x, SimdWidths.Best);
        double change = Math.Sqrt(before.Zip(after, (a, b) => (a - b) * (a - b)).Sum() / before.Sum(a => a * a));
        Assert.InRange(change, 0, 0.2);
    }
}
