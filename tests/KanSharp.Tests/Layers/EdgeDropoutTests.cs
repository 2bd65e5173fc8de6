using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Regularisers within a layer: edges dropped for every sample on its own (DropKAN), noise on the inputs.</summary>
public class EdgeDropoutTests
{
    public static TheoryData<string> Families => ["b-spline", "relu", "relu-fixed", "gaussian", "sech2", "chebyshev", "rational"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_value_is_a_sum_of_kept_edges(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 2, 3, 4, options => options with { EdgeDropout = 0.4, Mask = false });
        const int Rows = 400;
        Tensor<double> x = FamilyLayers.Inputs<double>(Rows, 2, 1);
        double[] y = Training(layer, x, 7);
        double[] basePart = new double[Rows * 3], first = new double[Rows * 3], second = new double[Rows * 3];
        EdgeFunctions.Evaluate(layer, 0, [.. Enumerable.Range(0, Rows).Select(row => x[row, 0])], basePart, first);
        first = [.. first.Zip(basePart, (left, right) => left + right)];
        EdgeFunctions.Evaluate(layer, 1, [.. Enumerable.Range(0, Rows).Select(row => x[row, 1])], basePart, second);
        second = [.. second.Zip(basePart, (left, right) => left + right)];
        int[] kept = new int[4];
        for (int index = 0; index < y.Length; index++)
        {
            double bias = layer.Bias!.Value[index % 3];
            double[] possible = [bias, bias + (first[index] / 0.6), bias + (second[index] / 0.6), bias + ((first[index] + second[index]) / 0.6)];
            int found = Array.FindIndex(possible, value => Math.Abs(value - y[index]) < 1e-12);
            Assert.True(found >= 0, $"element {index}: {y[index]} is none of {string.Join(", ", possible)}");
            kept[found]++;
        }

        double[] expected = [0.16, 0.24, 0.24, 0.36];
        for (int index = 0; index < 4; index++)
            Assert.Equal(expected[index], (double)kept[index] / y.Length, 0.05);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Gradients_meet_the_same_mask(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 10, 5, options => options with { EdgeDropout = 0.3 });
        Tensor<double> x = FamilyLayers.Inputs<double>(6, 3, 2), cotangent = Check.Sample<double>(new Shape(6, 10), 3);
        using var executor = new Executor(3);
        var tape = new Tape<double>(executor) { Training = true };
        tape.Seed(11);
        Var<double> input = tape.Input(x);
        tape.Backward((layer.Forward(input) * tape.Constant(cotangent)).Sum());
        double[] slopes = input.Gradient.ToArray();
        foreach ((Tensor<double> values, double[] gradient) in layer.Parameters().Select(entry => (entry.Parameter.Value, entry.Parameter.Gradient.ToArray())).Append((x, slopes)))
        {
            for (int index = 0; index < gradient.Length; index += Math.Max(1, gradient.Length / 9))
            {
                double value = values.Span[index];
                double At(double change)
                {
                    values.Span[index] = value + change;
                    double sum = Training(layer, x, 11).Zip(cotangent.Span.ToArray(), (left, right) => left * right).Sum();
                    values.Span[index] = value;
                    return sum;
                }

                const double Step = 1e-5;
                Assert.Equal((At(Step) - At(-Step)) / (2 * Step), gradient[index], 1e-6 * (1 + Math.Abs(gradient[index])));
            }
        }
    }

    [Fact]
    public void Nothing_is_dropped_or_added_outside_training_and_the_settings_are_saved()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([3, 4, 2], new KanLinearOptions { Basis = new GaussianOptions(), EdgeDropout = 0.5, InputNoise = 0.3 }, seed: 2);
        KanNetwork<double> plain = KanNetwork<double>.Create([3, 4, 2], new KanLinearOptions { Basis = new GaussianOptions() }, seed: 2);
        Tensor<double> x = FamilyLayers.Inputs<double>(5, 3, 1);
        Assert.Equal(plain.Predict(x).Span.ToArray(), network.Predict(x).Span.ToArray());
        var loaded = (KanNetwork<double>)ModelFile.ToNetwork<double>(SafetensorsFile.Parse(ModelFile.ToFile(network, null).ToBytes()), null);
        Assert.Equal((0.5, 0.3), (loaded.Layers[0].Options.EdgeDropout, loaded.Layers[0].Options.InputNoise));
    }

    [Fact]
    public void Noise_has_its_deviation_and_passes_the_gradient()
    {
        var options = new KanLinearOptions { Basis = new PolynomialOptions { Kind = PolynomialKind.Monomial, Degree = 1 }, BaseActivation = null, EdgeScale = false, InputNoise = 0.25 };
        KanLinear<double> layer = KanLinear<double>.Create(1, 1, options, new SplitRandom(0));
        (layer.Coefficients.Value[0, 0, 0], layer.Coefficients.Value[0, 1, 0]) = (0, 1);
        var x = new Tensor<double>(new Shape(20001, 1));
        double[] noise = Training(layer, x, 3);
        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(0.25, Math.Sqrt(noise.Average(value => value * value)), 0.005);
        Assert.Equal(3 * Math.Pow(0.25, 4), noise.Average(value => Math.Pow(value, 4)), 1e-3);
        var tape = new Tape<double> { Training = true };
        Var<double> input = tape.Input(x);
        tape.Backward(layer.Forward(input).Sum());
        Assert.All(input.Gradient.ToArray(), slope => Assert.Equal(1, slope));
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        foreach (KanLinearOptions options in new KanLinearOptions[]
        {
            new() { EdgeDropout = 1 }, new() { EdgeDropout = -0.1 }, new() { InputNoise = -1 }, new() { InputNoise = double.NaN },
            new() { Basis = new WaveletOptions(), EdgeDropout = 0.1 }, new() { EdgeDropout = 0.1, BaseOnRawInput = true },
        })
            Assert.Throws<ArgumentException>(options.Validate);
    }

    private static double[] Training(KanLinear<double> layer, Tensor<double> x, ulong seed)
    {
        var tape = new Tape<double> { Training = true, RecordsGradients = false };
        tape.Seed(seed);
        return layer.Forward(tape.Constant(x)).Values.ToArray();
    }
}
