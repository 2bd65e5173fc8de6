using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>
/// The kernel with samples in the lanes on random layers: against the naive reference, against the sweeps, at every register width and number of
/// threads, whether or not the cost model would choose it.
/// </summary>
public class LaneContractionTests
{
    private static readonly int[] s_batches = [1, 7, 64, 255, 257, 600];
    private static readonly int[] s_intervals = [1, 2, 5, 9, 13, 30];

    public static TheoryData<int> Degrees => [.. Enumerable.Range(1, 5)];

    [Theory]
    [MemberData(nameof(Degrees))]
    public void EqualsTheReferenceInDouble(int degree)
    {
        for (int seed = 0; seed < 6; seed++)
            EqualsTheReference<double>(degree, 10 * degree + seed, 2e-12);
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void EqualsTheReferenceInFloat(int degree)
    {
        for (int seed = 0; seed < 6; seed++)
            EqualsTheReference<float>(degree, 10 * degree + seed, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void DerivativesEqualTheSweeps(int degree)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            KanLinear<double> layer = Layer<double>(degree, 20 * degree + seed);
            Tensor<double> x = LayerFactory.Inputs(layer, new Shape(s_batches[seed], layer.Inputs), seed);
            Tensor<double> multiplier = Check.Sample<double>(x.Shape, seed + 7);
            Tensor<double> g = Check.Sample<double>(new Shape(x.Shape[0], layer.Outputs), seed + 8);
            for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
            {
                using var scalar = new Executor(1, SimdWidth.Scalar);
                Results<double> expected = Results<double>.OfSweeps(layer, x, multiplier, g, order, scalar);
                foreach (SimdWidth width in SimdWidths.All)
                {
                    using var executor = new Executor(1, width);
                    Results<double>.OfLanes(layer, x, multiplier, g, order, executor).CheckEqual(expected, 1e-10, $"degree {degree}, order {order}, seed {seed}, width {width}");
                }
            }
        }
    }

    [Fact]
    public void BitsDoNotDependOnThreads()
    {
        KanLinear<float> layer = LayerFactory.Filled<float>(19, 6, new KanLinearOptions { Mask = true }, 3);
        Tensor<float> x = LayerFactory.Inputs(layer, new Shape(5000, 19), 4);
        Tensor<float> g = Check.Sample<float>(new Shape(5000, 6), 5);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var one = new Executor(1, width);
            Results<float> expected = Results<float>.OfLanes(layer, x, null, g, 0, one);
            foreach (int threads in (int[])[2, 3])
            {
                using var executor = new Executor(threads, width);
                Results<float>.OfLanes(layer, x, null, g, 0, executor).CheckEqual(expected, 0, $"{threads} threads, width {width}");
            }
        }
    }

    [Theory]
    [InlineData(OutsideGrid.Linear)]
    [InlineData(OutsideGrid.Zero)]
    public void NonFiniteInputsSpoilTheirRowsAsInTheSweeps(OutsideGrid outside)
    {
        var options = new BSplineOptions { Outside = outside };
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, options, 1);
        Tensor<double> x = LayerFactory.Inputs(layer, new Shape(100, 3), 2);
        x[11, 0] = double.NaN;
        x[40, 1] = double.PositiveInfinity;
        x[77, 2] = double.NegativeInfinity;
        Tensor<double> g = Check.Sample<double>(new Shape(100, 4), 3);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            ReadOnlySpan<double> expected = Results<double>.OfSweeps(layer, x, null, g, 0, executor).Y;
            ReadOnlySpan<double> actual = Results<double>.OfLanes(layer, x, null, g, 0, executor).Y;
            for (int index = 0; index < expected.Length; index++)
            {
                Assert.Equal(double.IsFinite(expected[index]), double.IsFinite(actual[index]));
                if (double.IsFinite(expected[index]))
                    Assert.Equal(expected[index], actual[index], 1e-12);
            }
        }
    }

    private static KanLinear<T> Layer<T>(int degree, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = degree, Intervals = s_intervals[seed % s_intervals.Length], Outside = (OutsideGrid)random.Next(2) },
            BaseActivation = random.Next(3) == 0 ? null : Activation.All[random.Next(3)],
            EdgeScale = random.Next(2) == 0,
            Bias = random.Next(2) == 0,
            Mask = random.Next(2) == 0,
        };
        return LayerFactory.Filled<T>(random.Next(1, 20), random.Next(1, 20), options, seed, uniform: random.Next(2) == 0);
    }

    private static void EqualsTheReference<T>(int degree, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinear<T> layer = Layer<T>(degree, seed);
        Tensor<T> x = LayerFactory.Inputs(layer, new Shape(s_batches[seed % s_batches.Length], layer.Inputs), seed);
        Tensor<T> g = Check.Sample<T>(new Shape(x.Shape[0], layer.Outputs), seed);
        NaiveKanLayer expected = NaiveKanLayer.Compute<T>(layer, x, g.Span);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            Results<T> actual = Results<T>.OfLanes(layer, x, null, g, 0, executor);
            string at = $" at width {width} (degree {degree}, {layer.Inputs} -> {layer.Outputs}, {x.Shape[0]} rows, seed {seed})";
            expected.Y.Check<T>("y" + at, actual.Y, tolerance);
            expected.X.Check<T>("x gradient" + at, actual.X, tolerance);
            expected.Coefficients.Check<T>("coefficient gradient" + at, actual.Coefficients, tolerance);
            if (layer.BaseWeight is not null)
                expected.Base.Check<T>("base gradient" + at, actual.Base, tolerance);
            if (layer.EdgeScale is not null)
                expected.Scale.Check<T>("scale gradient" + at, actual.Scale, tolerance);
        }
    }

    /// <summary>What a contraction computes, straight from the kernel.</summary>
    private sealed class Results<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Tape<T> _tape;
        private readonly LayerNodes<T> _nodes;
        private readonly LayerWeights<T> _weights;
        private readonly Buffer<T> _x;
        private readonly Buffer<T> _multiplier;

        private Results(KanLinear<T> layer, Tensor<T> x, Tensor<T>? multiplier, Executor executor)
        {
            _tape = new Tape<T>(executor);
            _nodes = new LayerNodes<T>(
                _tape.Use(layer.Coefficients).Node,
                layer.EdgeScale is null ? null : _tape.Use(layer.EdgeScale).Node,
                layer.BaseWeight is null ? null : _tape.Use(layer.BaseWeight).Node,
                layer.Mask is null ? default : Of(layer.Mask.Value),
                layer.Bias is null ? null : _tape.Use(layer.Bias).Node,
                layer.Outputs);
            _weights = _nodes.Prepare(_tape);
            _x = Of(x);
            _multiplier = multiplier is null ? default : Of(multiplier);
            Y = new T[x.Shape[0] * layer.Outputs];
            X = new T[x.Shape.Count];
            Multiplier = new T[multiplier is null ? 0 : x.Shape.Count];
            Coefficients = new T[layer.Coefficients.Shape.Count];
            Scale = new T[layer.EdgeScale is null ? 0 : layer.EdgeScale.Shape.Count];
            Base = new T[layer.BaseWeight is null ? 0 : layer.BaseWeight.Shape.Count];
        }

        public T[] Y { get; }

        public T[] X { get; }

        public T[] Multiplier { get; }

        public T[] Coefficients { get; }

        public T[] Scale { get; }

        public T[] Base { get; }

        public static Results<T> OfLanes(KanLinear<T> layer, Tensor<T> x, Tensor<T>? multiplier, Tensor<T> g, int order, Executor executor)
        {
            var results = new Results<T>(layer, x, multiplier, executor);
            var contraction = new LaneContraction<T>();
            contraction.Configure(
                layer.Table, BaseOf(layer), layer.Outputs, results._weights, results._x, results._multiplier, x.Shape[0], order, executor.Width);
            contraction.Forward(executor, Bias(layer), new Buffer<T>(results.Y, 0, results.Y.Length), results._tape.Rent(contraction.EdgeTablesLength));
            contraction.Backward(executor, results.Gradients, Of(g), results._tape.Rent(contraction.PartialSumsLength));
            return results;
        }

        public static Results<T> OfSweeps(KanLinear<T> layer, Tensor<T> x, Tensor<T>? multiplier, Tensor<T> g, int order, Executor executor)
        {
            var results = new Results<T>(layer, x, multiplier, executor);
            var contraction = new LocalContraction<T>();
            contraction.Configure(
                layer.Table, BaseOf(layer), layer.Outputs, results._weights, results._x, results._multiplier, x.Shape[0], order, executor);
            contraction.Forward(executor, Bias(layer), new Buffer<T>(results.Y, 0, results.Y.Length));
            contraction.Backward(executor, results.Gradients, Of(g), contraction.NeedsTiling ? results._tape.Rent(contraction.TiledLength) : default);
            return results;
        }

        public void CheckEqual(Results<T> expected, double relative, string at)
        {
            Close(expected.Y, Y, relative, "y, " + at);
            Close(expected.X, X, relative, "x gradient, " + at);
            Close(expected.Multiplier, Multiplier, relative, "multiplier gradient, " + at);
            Close(expected.Coefficients, Coefficients, relative, "coefficient gradient, " + at);
            Close(expected.Scale, Scale, relative, "scale gradient, " + at);
            Close(expected.Base, Base, relative, "base gradient, " + at);
        }

        private LayerGradients<T> Gradients => new()
        {
            Coefficients = Target(Coefficients),
            Scale = Target(Scale),
            Base = Target(Base),
            Mask = _nodes.Mask,
            Input = Target(X),
            Multiplier = Target(Multiplier),
        };

        private static GradientTarget<T> Target(T[] values) => values.Length == 0 ? default : new(new Buffer<T>(values, 0, values.Length), true);

        private static Activation? BaseOf(KanLinear<T> layer) => layer.BaseWeight is null ? null : layer.Options.BaseActivation;

        private static Buffer<T> Bias(KanLinear<T> layer) => layer.Bias is null ? default : Of(layer.Bias.Value);

        private static Buffer<T> Of(Tensor<T> tensor) => new(tensor.Array, 0, tensor.Shape.Count);

        private static void Close(T[] expected, T[] actual, double relative, string what)
        {
            double size = expected.Length == 0 ? 0 : expected.Max(value => Math.Abs(double.CreateTruncating(value)));
            for (int index = 0; index < expected.Length; index++)
            {
                double difference = Math.Abs(double.CreateTruncating(actual[index]) - double.CreateTruncating(expected[index]));
                Assert.True(difference <= relative * size, $"{what}[{index}]: {actual[index]}, expected {expected[index]}");
            }
        }
    }
}
