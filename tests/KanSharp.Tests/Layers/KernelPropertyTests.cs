using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Random shapes up to 300 inputs and outputs and 700 rows: outputs and gradients against the naive layer, the same bits for any number of threads.</summary>
public class KernelPropertyTests
{
    /// <summary>Edge evaluations of the naive layer that a case may take.</summary>
    private const long MostEdges = 1_500_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EqualsTheReferenceForAnyShapeInDouble(int seed) => Verify<double>(seed, 1e-11);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EqualsTheReferenceForAnyShapeInFloat(int seed) => Verify<float>(seed, 2e-3);

    [Theory]
    [InlineData(300, 300, 16)]
    [InlineData(2, 300, 700)]
    [InlineData(300, 2, 700)]
    [InlineData(33, 1, 700)]
    [InlineData(1, 1, 700)]
    public void EqualsTheReferenceAtTheEndsOfTheRange(int inputs, int outputs, int rows)
    {
        Verify(LayerFactory.Filled<float>(inputs, outputs, new KanLinearOptions { Bias = true }, 3), rows, 3, 2e-3);
        Verify(LayerFactory.Filled<double>(inputs, outputs, new KanLinearOptions { Mask = true }, 4), rows, 4, 1e-11);
    }

    [Theory]
    [InlineData(OutsideGrid.Zero)]
    [InlineData(OutsideGrid.Linear)]
    public void InputsThatAreNotFiniteSpoilTheirRowOnly(OutsideGrid outside)
    {
        Spoil<float>(outside);
        Spoil<double>(outside);
    }

    private static void Verify<T>(int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = 1 + seed % 10, Intervals = Spread(random, 1, 60), Outside = (OutsideGrid)random.Next(2) },
            BaseActivation = random.Next(4) == 0 ? null : Activation.SiLU,
            EdgeScale = random.Next(2) == 0,
            Bias = random.Next(2) == 0,
            Mask = random.Next(2) == 0,
        };
        int inputs = Spread(random, 1, 300);
        int outputs = Spread(random, 1, 300);
        int rows = (int)Math.Min(Spread(random, 1, 701) - 1, MostEdges / (inputs * outputs));
        Verify(LayerFactory.Filled<T>(inputs, outputs, options, seed, uniform: random.Next(2) == 0), rows, seed, tolerance);
    }

    private static void Verify<T>(KanLinear<T> layer, int rows, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> x = LayerFactory.Inputs(layer, new Shape(rows, layer.Inputs), seed);
        T[] cotangent = Check.Sample<T>(new Shape(rows, layer.Outputs), seed).Span.ToArray();
        NaiveKanLayer expected = NaiveKanLayer.Compute(layer, x, cotangent);
        foreach (SimdWidth width in SimdWidths.All)
        {
            T[][]? alone = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                using var executor = new Executor(threads, width);
                T[][] results = Run(layer, x, cotangent, executor);
                if (alone is not null)
                {
                    Assert.Equal(alone, results);
                    continue;
                }

                alone = results;
                string at = $" at width {width} ({layer.Inputs} -> {layer.Outputs}, {rows} rows, degree {layer.Options.Spline.Degree}, {layer.Options.Spline.Intervals} intervals, seed {seed})";
                expected.Y.Check<T>("y" + at, results[0], tolerance);
                expected.X.Check<T>("x gradient" + at, results[1], tolerance);
                expected.Coefficients.Check<T>("coefficient gradient" + at, results[2], tolerance);
                expected.Base.Check<T>("base gradient" + at, results[3].Length == 0 ? new T[layer.Inputs * layer.Outputs] : results[3], tolerance);
                if (layer.EdgeScale is not null)
                    expected.Scale.Check<T>("scale gradient" + at, results[4], tolerance);
                if (layer.Bias is not null)
                    expected.Bias.Check<T>("bias gradient" + at, results[5], tolerance);
            }
        }
    }

    private static T[][] Run<T>(KanLinear<T> layer, Tensor<T> x, T[] cotangent, Executor executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((_, Parameter<T> parameter) in layer.Parameters())
            parameter.ClearGradient();
        var tape = new Tape<T>(executor);
        Var<T> input = tape.Input(x);
        Var<T> y = layer.Forward(input);
        tape.Backward(y, cotangent);
        return
        [
            y.Values.ToArray(),
            x.Shape.Rows == 0 ? [] : input.Gradient.ToArray(),
            layer.Coefficients.Gradient.ToArray(),
            Gradient(layer.BaseWeight),
            Gradient(layer.EdgeScale),
            Gradient(layer.Bias),
        ];
    }

    private static T[] Gradient<T>(Parameter<T>? parameter)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => parameter is null ? [] : parameter.Gradient.ToArray();

    private static void Spoil<T>(OutsideGrid outside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = 70, Inputs = 19, Outputs = 37;
        var options = new KanLinearOptions { Basis = new BSplineOptions { Outside = outside } };
        KanLinear<T> layer = LayerFactory.Filled<T>(Inputs, Outputs, options, 8);
        Tensor<T> x = LayerFactory.Inputs(layer, new Shape(Rows, Inputs), 8);
        T[] cotangent = Check.Sample<T>(new Shape(Rows, Outputs), 8).Span.ToArray();
        (int Row, T Value)[] spoilt = [(3, T.NaN), (33, T.PositiveInfinity), (69, T.NegativeInfinity)];
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            T[][] clean = Run(layer, x, cotangent, executor);
            Tensor<T> dirty = x.Clone();
            foreach ((int row, T value) in spoilt)
                dirty[row, 5] = value;
            T[][] results = Run(layer, dirty, cotangent, executor);
            for (int row = 0; row < Rows; row++)
            {
                ReadOnlySpan<T> y = results[0].AsSpan(row * Outputs, Outputs);
                int which = Array.FindIndex(spoilt, one => one.Row == row);
                if (which < 0)
                    Assert.Equal(clean[0].AsSpan(row * Outputs, Outputs).ToArray(), y.ToArray());
                else if (outside == OutsideGrid.Zero && T.IsNegativeInfinity(spoilt[which].Value))
                    Assert.All(y.ToArray(), value => Assert.True(T.IsFinite(value)));
                else
                    Assert.All(y.ToArray(), value => Assert.False(T.IsFinite(value)));
            }

            Assert.All(results[1].Where((_, index) => index % Inputs != 5).ToArray(), value => Assert.True(T.IsFinite(value)));
            Assert.All(results[2].Where((_, index) => index / Outputs / layer.Options.Basis.Count != 5).ToArray(), value => Assert.True(T.IsFinite(value)));
        }
    }

    /// <summary>Small numbers as often as large ones.</summary>
    private static int Spread(Random random, int least, int most) =>
        Math.Clamp((int)Math.Round(least * Math.Pow((double)most / least, random.NextDouble())), least, most);
}
