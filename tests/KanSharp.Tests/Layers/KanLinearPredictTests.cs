using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Prediction of a layer without a tape against the naive reference, at every register width, in both precisions.</summary>
public class KanLinearPredictTests
{
    private static readonly int[] s_batches = [1, 0, 2, 3, 4, 5, 31, 33, 70, 200];

    public static TheoryData<int> Degrees => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Degrees))]
    public void EqualsTheReference(int degree)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Verify(LayerFactory.Random<double>(100 * degree + seed, degree, 40), s_batches[seed], seed, 2e-12);
            Verify(LayerFactory.Random<float>(100 * degree + seed, degree, 40), s_batches[seed], seed, 1e-3);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 5, 1)]
    [InlineData(300, 3, 2)]
    [InlineData(300, 300, 1)]
    [InlineData(257, 129, 5)]
    [InlineData(33, 16, 33)]
    public void LayersOfEverySizeAreRight(int inputs, int outputs, int rows)
    {
        foreach (bool scale in (bool[])[true, false])
        {
            foreach (bool mask in (bool[])[true, false])
            {
                var options = new KanLinearOptions { Bias = mask, Mask = mask, EdgeScale = scale };
                Verify(LayerFactory.Filled<double>(inputs, outputs, options, 5), rows, 1, 1e-12);
                Verify(LayerFactory.Filled<float>(inputs, outputs, options with { BaseActivation = scale ? null : Activation.SiLU }, 5), rows, 1, 1e-3);
            }
        }
    }

    [Fact]
    public void AFailedPredictionGivesItsMemoryBack()
    {
        KanLinear<float> layer = LayerFactory.Filled<float>(20, 30, new KanLinearOptions(), 1);
        var ended = new Executor(2);
        ended.Dispose();
        (int, int) mark = PredictionScratch<float>.Arena.Mark();
        Assert.Throws<ObjectDisposedException>(() => layer.Predict(new float[400 * 20], new float[400 * 30], ended));
        Assert.Equal(mark, PredictionScratch<float>.Arena.Mark());
    }

    [Fact]
    public void ATailOfSeveralFeaturesIsRightBeyondDegreeFive()
    {
        // One output and few functions a feature: a register reaches past the end of the coefficients from many features before the last
        Verify(LayerFactory.Filled<float>(33, 1, new BSplineOptions { Degree = 8, Intervals = 1 }, 5), 40, 1, 1e-3);
        Verify(LayerFactory.Filled<double>(33, 1, new BSplineOptions { Degree = 6, Intervals = 1 }, 5), 40, 1, 1e-11);
        Verify(LayerFactory.Filled<float>(33, 1, new BSplineOptions { Degree = 1, Intervals = 1 }, 5), 12, 1, 1e-3);
    }

    [Theory]
    [InlineData(OutsideGrid.Linear)]
    [InlineData(OutsideGrid.Zero)]
    public void NonFiniteInputsGiveWhatTheTapeGives(OutsideGrid outside)
    {
        foreach (Activation? activation in (Activation?[])[null, Activation.SiLU, Activation.Tanh])
        {
            var options = new KanLinearOptions { Basis = new BSplineOptions { Outside = outside }, BaseActivation = activation, Mask = true };
            KanLinear<double> layer = LayerFactory.Filled<double>(3, 5, options, 1);
            Tensor<double> x = Check.Sample<double>(new Shape(5, 3));
            (x[1, 1], x[2, 0], x[3, 2]) = (double.NaN, double.PositiveInfinity, double.NegativeInfinity);
            foreach (SimdWidth width in SimdWidths.All)
            {
                using var executor = new Executor(1, width);
                double[] expected = layer.Forward(new Tape<double>(executor).Constant(x)).Values.ToArray();
                double[] actual = layer.Predict(x, executor).Span.ToArray();
                for (int index = 0; index < expected.Length; index++)
                {
                    Assert.Equal(double.IsFinite(expected[index]), double.IsFinite(actual[index]));
                    Assert.Equal(double.IsFinite(expected[index]) ? expected[index] : 0, double.IsFinite(actual[index]) ? actual[index] : 0, 1e-12);
                }

                Assert.All(actual[5..10], value => Assert.True(double.IsNaN(value)));
            }
        }
    }

    [Fact]
    public void ParametersAndKnotsCountFromTheNextCallOn()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, new KanLinearOptions { Bias = true, Mask = true }, 7);
        Tensor<double> x = Check.Sample<double>(new Shape(6, 3), low: -0.8, high: 0.8);
        foreach (Tensor<double> part in (Tensor<double>[])[layer.Coefficients.Value, layer.BaseWeight!.Value, layer.EdgeScale!.Value, layer.Bias!.Value, layer.Mask!.Value, layer.Knots.Value])
        {
            double[] before = layer.Predict(x).Span.ToArray();
            foreach (ref double value in part.Span)
                value *= 1.25;
            double[] after = layer.Predict(x).Span.ToArray();
            Assert.NotEqual(before, after);
            Check.Close<double>(layer.Forward(new Tape<double>().Constant(x)).Values.ToArray(), after, 1e-12);
        }
    }

    private static void Verify<T>(KanLinear<T> layer, int rows, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> x = LayerFactory.Inputs(layer, new Shape(rows, layer.Inputs), seed);
        NaiveKanLayer expected = NaiveKanLayer.Compute(layer, x, new T[rows * layer.Outputs]);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            var y = new T[rows * layer.Outputs + 1];
            y.AsSpan().Fill(T.NaN);
            layer.Predict(x.Span, y.AsSpan(0, y.Length - 1), executor);
            string at = $" at width {width} (degree {layer.Options.Spline.Degree}, {layer.Inputs} -> {layer.Outputs}, {rows} rows)";
            expected.Y.Check("y" + at, y.AsSpan(0, y.Length - 1), tolerance);
            Assert.True(T.IsNaN(y[^1]), "something was written past the end" + at);
        }
    }
}
