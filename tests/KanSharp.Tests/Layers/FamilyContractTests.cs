using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>What a layer promises, for every family: gradients, derivatives, prediction, edges that add up to the layer, sizes of edges, parts of it.</summary>
public class FamilyContractTests
{
    public static TheoryData<string> Names => FamilyLayers.Names;

    public static TheoryData<string> WithEdges => FamilyLayers.WithEdges;

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string family)
    {
        Gradients<double>(family);
        Gradients<float>(family);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_along_the_input_agree_and_can_be_trained_on(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 4, 5);
        Tensor<double> x = FamilyLayers.Inputs<double>(6, 3, 2);
        Check.Passed(GradientCheck.RunJet<double>(layer.Forward, x));
        Check.Passed(GradientCheck.Run(
            input =>
            {
                Var<double> derivative = layer.Forward(Jet<double>.Seed(input, 1)).Derivative;
                return (derivative * input.Tape.Constant(Check.Sample<double>(derivative.Shape, 3))).Sum();
            },
            x,
            layer.Parameters()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Prediction_is_the_forward_pass_for_any_number_of_rows_and_threads(string family)
    {
        KanLinear<float> layer = FamilyLayers.Create<float>(family, 13, 9, 1);
        foreach (int rows in (int[])[1, 3, 40, 700])
        {
            Tensor<float> x = FamilyLayers.Inputs<float>(rows, 13, rows);
            using var one = new Executor(1);
            using var three = new Executor(3);
            var tape = new Tape<float>(one) { RecordsGradients = false };
            float[] expected = layer.Forward(tape.Constant(x)).Values.ToArray();
            foreach (Executor executor in (Executor[])[one, three])
            {
                var y = new float[rows * 9];
                layer.Predict(x.Span, y, executor);
                Near(expected, y, 2e-5);
            }

            var other = new Tape<float>(three) { RecordsGradients = false };
            Assert.Equal(expected, layer.Forward(other.Constant(x)).Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_register_width_computes_the_same(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 5, 7, 3);
        Tensor<double> x = FamilyLayers.Inputs<double>(33, 5, 8);
        double[] expected = At(SimdWidth.Scalar);
        foreach (SimdWidth width in (SimdWidth[])[SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512])
            Near(expected, At(width), 1e-12);

        double[] At(SimdWidth width)
        {
            using var executor = new Executor(1, width);
            var tape = new Tape<double>(executor) { Training = false };
            Var<double> input = tape.Input(x);
            Var<double> y = layer.Forward(input);
            foreach ((_, Parameter<double> parameter) in layer.Parameters())
                parameter.ClearGradient();
            tape.Backward((y * tape.Constant(Check.Sample<double>(y.Shape, 4))).Sum());
            return [.. y.Values, .. layer.Parameters().SelectMany(entry => entry.Parameter.Gradient.ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(WithEdges))]
    public void Edges_add_up_to_the_layer(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 4, 3, 2);
        Tensor<double> x = FamilyLayers.Inputs<double>(20, 4, 6);
        double[] expected = layer.Predict(x).Span.ToArray();
        var sums = new double[20 * 3];
        for (int row = 0; row < 20; row++)
            layer.Bias!.Value.Span.CopyTo(sums.AsSpan(row * 3));
        double[] basePart = new double[60], rest = new double[60];
        for (int input = 0; input < 4; input++)
        {
            double[] column = [.. Enumerable.Range(0, 20).Select(row => x[row, input])];
            EdgeFunctions.Evaluate(layer, input, column, basePart, rest);
            for (int index = 0; index < sums.Length; index++)
                sums[index] += basePart[index] + rest[index];
        }

        Near(expected, sums, 1e-12);
    }

    [Theory]
    [MemberData(nameof(WithEdges))]
    public void Sizes_of_edges_are_those_of_their_values_and_have_gradients(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 4, 9);
        Tensor<double> x = FamilyLayers.Inputs<double>(15, 3, 4);
        foreach (EdgeSize size in (EdgeSize[])[EdgeSize.MeanMagnitude, EdgeSize.Deviation])
        {
            var tape = new Tape<double>();
            double[] actual = layer.EdgeSizes(tape.Constant(x), size).Values.ToArray();
            double[] basePart = new double[60], values = new double[60];
            for (int input = 0; input < 3; input++)
            {
                EdgeFunctions.Evaluate(layer, input, [.. Enumerable.Range(0, 15).Select(row => x[row, input])], basePart, values);
                for (int output = 0; output < 4; output++)
                {
                    double[] edge = [.. Enumerable.Range(0, 15).Select(row => values[row * 4 + output] + basePart[row * 4 + output])];
                    double expected = size == EdgeSize.MeanMagnitude ? edge.Average(Math.Abs) : Math.Sqrt(edge.Sum(value => Math.Pow(value - edge.Average(), 2)) / 14);
                    Assert.Equal(expected, actual[input * 4 + output], 1e-11);
                }
            }
        }

        Check.Passed(GradientCheck.Run(
            input =>
            {
                Var<double> sizes = layer.EdgeSizes(input, EdgeSize.Deviation);
                return (sizes * input.Tape.Constant(Check.Sample<double>(sizes.Shape, 3))).Sum();
            },
            x,
            layer.Parameters().Where(entry => entry.Path != "bias")));
    }

    [Theory]
    [MemberData(nameof(WithEdges))]
    public void A_part_of_a_layer_has_its_edges(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 5, 4, 7);
        KanLinear<double> part = KanLinearEdits.Subset(layer, [3, 1], [2, 0, 3]);
        double[] x = [-1.4, -0.3, 0.2, 1.1];
        double[] wholeBase = new double[16], whole = new double[16], partBase = new double[12], some = new double[12];
        foreach ((int from, int to) in new[] { (3, 0), (1, 1) })
        {
            EdgeFunctions.Evaluate(layer, from, x, wholeBase, whole);
            EdgeFunctions.Evaluate(part, to, x, partBase, some);
            for (int place = 0; place < 4; place++)
            {
                foreach ((int before, int after) in new[] { (2, 0), (0, 1), (3, 2) })
                    Assert.Equal(whole[place * 4 + before] + wholeBase[place * 4 + before], some[place * 3 + after] + partBase[place * 3 + after], 1e-14);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_copy_is_the_same_and_its_own(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 2, 11);
        Tensor<double> x = FamilyLayers.Inputs<double>(9, 3, 1);
        KanLinear<double> copy = layer.Clone();
        Assert.Equal(layer.Predict(x).Span.ToArray(), copy.Predict(x).Span.ToArray());
        double[] before = layer.Predict(x).Span.ToArray();
        foreach ((_, Parameter<double> parameter) in copy.Parameters())
            parameter.Value.Span.Fill(0.25);
        Assert.Equal(before, layer.Predict(x).Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_steady_step_allocates_nothing(string family)
    {
        KanLinear<float> layer = FamilyLayers.Create<float>(family, 6, 5, 4);
        Tensor<float> x = FamilyLayers.Inputs<float>(64, 6, 2);
        using var executor = new Executor(1);
        var tape = new Tape<float>(executor) { Training = true };
        for (int step = 0; step < 5; step++)
            Step();
        Assert.Equal(0, SteadyState.AllocatedBytes(Step));

        void Step()
        {
            tape.Reset();
            tape.Backward(layer.Forward(tape.Constant(x)).Square().Mean());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_rows_give_no_outputs(int rows)
    {
        foreach (string family in KanFamilies.Names)
        {
            KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 2, 1);
            Tensor<double> x = FamilyLayers.Inputs<double>(rows, 3, 1);
            var tape = new Tape<double>();
            Var<double> y = layer.Forward(tape.Input(x));
            Assert.Equal(new Shape(rows, 2), y.Shape);
            Assert.Equal(rows * 2, layer.Predict(x).Shape.Count);
        }
    }

    private static void Gradients<T>(string family)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int seed in (int[])[1, 2])
        {
            KanLinear<T> layer = FamilyLayers.Create<T>(family, 3, 4, seed, options => seed == 1 ? options : options with { Mask = false, EdgeScale = false });
            Check.Passed(GradientCheck.Run(
                input =>
                {
                    Var<T> y = layer.Forward(input);
                    return (y * input.Tape.Constant(Check.Sample<T>(y.Shape, 3))).Sum();
                },
                FamilyLayers.Inputs<T>(7, 3, seed),
                layer.Parameters()));
        }
    }

    private static void Near<T>(T[] expected, T[] actual, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Check.Close<T>(Array.ConvertAll(expected, double.CreateTruncating), actual, tolerance);
}
