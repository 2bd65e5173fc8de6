using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Sizes of edges over samples: values from the plain layer, one edge at a time, and gradients from differences.</summary>
public class EdgeSizeTests
{
    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (SimdWidth width in SimdWidths.All)
            {
                for (int seed = 0; seed < 6; seed++)
                    cases.Add((int)width, seed);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_are_those_of_single_edges(int width, int seed)
    {
        CheckValues<double>((SimdWidth)width, seed, 1e-11);
        CheckValues<float>((SimdWidth)width, seed, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_agree_with_differences(int width, int seed)
    {
        using var executor = new Executor(1, (SimdWidth)width);
        KanLinear<double> layer = LayerFactory.Random<double>(seed, 1 + seed % 4, largest: 5);
        CheckGradients(layer, executor);
        if (seed < 2)
            CheckGradients(LayerFactory.Random<float>(seed, 3, largest: 3), executor);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        KanLinear<double> layer = LayerFactory.Random<double>(3, 3);
        Assert.Equal(Run(1), Run(4));

        double[] Run(int threads)
        {
            using var executor = new Executor(threads);
            var tape = new Tape<double>(executor);
            foreach ((_, Parameter<double> parameter) in layer.Parameters())
                parameter.ClearGradient();
            Var<double> x = tape.Input(LayerFactory.Inputs(layer, new Shape(200, layer.Inputs), 5));
            Var<double> sizes = layer.EdgeSizes(x, EdgeSize.RelativeDeviation);
            tape.Backward(sizes.Square().Sum());
            return [.. sizes.Values, .. x.Gradient, .. layer.Parameters().SelectMany(entry => entry.Parameter.Gradient.ToArray())];
        }
    }

    [Fact]
    public void Constant_and_single_samples_are_finite()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, new KanLinearOptions { Mask = true }, 4);
        foreach (EdgeSize size in Enum.GetValues<EdgeSize>())
        {
            foreach (int rows in (int[])[0, 1, 5])
            {
                var tape = new Tape<double>();
                layer.Coefficients.ClearGradient();
                Var<double> x = tape.Input(Enumerable.Repeat(0.3, 2 * rows).ToArray(), new Shape(rows, 2));
                Var<double> sizes = layer.EdgeSizes(x, size);
                tape.Backward(sizes.Sum());
                Assert.All(sizes.Values.ToArray(), value => Assert.True(double.IsFinite(value)));
                Assert.All(x.Gradient.ToArray(), value => Assert.True(double.IsFinite(value)));
                Assert.All(layer.Coefficients.Gradient.ToArray(), value => Assert.True(double.IsFinite(value)));
                if (size != EdgeSize.MeanMagnitude)
                    Assert.All(sizes.Values.ToArray(), value => Assert.Equal(0, value, 1e-14));
            }
        }
    }

    /// <summary>A function with a large mean: squares of values would lose the deviation in single precision.</summary>
    [Fact]
    public void A_small_deviation_beside_a_large_mean_is_exact()
    {
        KanLinear<float> layer = LayerFactory.Filled<float>(1, 1, new KanLinearOptions { BaseActivation = null, EdgeScale = false }, 1, uniform: true);
        for (int n = 0; n < 8; n++)
            layer.Coefficients.Value.Span[n] = 1000 + 0.5f * n;
        var x = Check.Sample<float>(new Shape(500, 1), 1);
        var tape = new Tape<float>();
        double actual = layer.EdgeSizes(tape.Constant(x), EdgeSize.Deviation).Item;
        double mean = x.Span.ToArray().Average();
        double deviation = Math.Sqrt(x.Span.ToArray().Sum(value => (value - mean) * (value - mean)) / 499);
        Assert.Equal(0.5 * deviation / 0.4, actual, 1e-3 * actual); // a straight line with this slope: intervals are 0.4 wide
    }

    [Fact]
    public void A_warm_pass_allocates_nothing()
    {
        KanLinear<double> layer = LayerFactory.Random<double>(5, 3);
        Tensor<double> x = LayerFactory.Inputs(layer, new Shape(100, layer.Inputs), 1);
        using var executor = new Executor(1);
        var tape = new Tape<double>(executor);
        for (int step = 0; step < 5; step++)
            Step();
        Assert.Equal(0, SteadyState.AllocatedBytes(Step));

        void Step()
        {
            tape.Reset();
            tape.Backward(layer.EdgeSizes(tape.Constant(x), EdgeSize.MeanMagnitude).Sum() + layer.EdgeSizes(tape.Constant(x), EdgeSize.RelativeDeviation).Sum());
        }
    }

    private static void CheckGradients<T>(KanLinear<T> layer, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // no sample on a knot: degree 1 has no derivative there
        var random = new Random(7);
        Tensor<T> x = LayerFactory.Inputs(layer, new Shape(12, layer.Inputs), 9);
        foreach (ref T value in x.Span)
            value += T.CreateTruncating(0.01 * random.NextDouble() + 0.001);
        foreach (EdgeSize size in Enum.GetValues<EdgeSize>())
        {
            Check.Passed(GradientCheck.Run(
                input =>
                {
                    Var<T> sizes = layer.EdgeSizes(input, size);
                    return (sizes * input.Tape.Constant(Check.Sample<T>(sizes.Shape, 3))).Sum();
                },
                x,
                layer.Parameters().Where(entry => entry.Path != "bias"),
                new GradientCheckOptions { Executor = executor }));
        }
    }

    private static void CheckValues<T>(SimdWidth width, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var executor = new Executor(1, width);
        KanLinear<T> layer = LayerFactory.Random<T>(seed, 1 + seed % 5, largest: 19);
        const int rows = 150;
        Tensor<T> x = LayerFactory.Inputs(layer, new Shape(rows, layer.Inputs), seed);
        var tape = new Tape<T>(executor);
        T[][] actual = [.. Enum.GetValues<EdgeSize>().Select(size => layer.EdgeSizes(tape.Constant(x), size).Values.ToArray())];
        for (int i = 0; i < layer.Inputs; i++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(row => double.CreateTruncating(x[row, i]))];
            double[] basePart = new double[rows * layer.Outputs], spline = new double[rows * layer.Outputs];
            EdgeFunctions.Evaluate<T>(layer, i, Enumerable.Range(0, rows).Select(row => x[row, i]).ToArray(), basePart, spline);
            for (int o = 0; o < layer.Outputs; o++)
            {
                double[] phi = [.. Enumerable.Range(0, rows).Select(row => basePart[row * layer.Outputs + o] + spline[row * layer.Outputs + o])];
                double largest = phi.Max(Math.Abs) + 0.1;
                Assert.Equal(phi.Average(Math.Abs), Value(EdgeSize.MeanMagnitude), tolerance * largest);
                Assert.Equal(Deviation(phi), Value(EdgeSize.Deviation), tolerance * largest);
                Assert.Equal(Deviation(phi) / (Deviation(column) + 0.1), Value(EdgeSize.RelativeDeviation), tolerance * largest);

                double Value(EdgeSize size) => double.CreateTruncating(actual[(int)size][i * layer.Outputs + o]);
            }
        }
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
