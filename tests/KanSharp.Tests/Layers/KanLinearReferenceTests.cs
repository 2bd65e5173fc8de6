using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Outputs and all gradients of random layers against the naive reference, at every register width, in both precisions.</summary>
public class KanLinearReferenceTests
{
    private static readonly int[] s_batches = [0, 1, 2, 3, 31, 33, 65, 129, 200];

    public static TheoryData<int> Degrees => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Degrees))]
    public void EqualsTheReferenceInDouble(int degree)
    {
        for (int seed = 0; seed < 4; seed++)
            EqualsTheReference<double>(degree, 100 * degree + seed, 2e-12);
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void EqualsTheReferenceInFloat(int degree)
    {
        for (int seed = 0; seed < 4; seed++)
            EqualsTheReference<float>(degree, 100 * degree + seed, 1e-3);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 64)]
    [InlineData(17, 65)]
    [InlineData(33, 33)]
    public void TilesOfEverySizeAreRight(int inputs, int outputs)
    {
        var options = new KanLinearOptions { Bias = true, Mask = true };
        Verify(LayerFactory.Filled<double>(inputs, outputs, options, 5), new Shape(40, inputs), 1, 1e-12);
        Verify(LayerFactory.Filled<float>(inputs, outputs, options, 5), new Shape(40, inputs), 1, 1e-3);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(700)]
    public void ManyIntervalsAreRight(int intervals)
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 20, new BSplineOptions { Intervals = intervals }, 5, uniform: true);
        Verify(layer, new Shape(150, 3), 1, 1e-10);
    }

    [Fact]
    public void LeadingAxesArePassedThrough()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, new KanLinearOptions(), 1);
        Tensor<double> x = Check.Sample<double>(new Shape(2, 5, 3));
        Var<double> y = layer.Forward(new Tape<double>().Constant(x));
        Assert.Equal(new Shape(2, 5, 4), y.Shape);
        Var<double> flat = layer.Forward(new Tape<double>().Constant(x.Reshape(new Shape(10, 3))));
        Assert.Equal(flat.Values.ToArray(), y.Values.ToArray());
        Assert.Equal(new Shape(4), layer.Forward(new Tape<double>().Constant(x.Reshape(new Shape(30)).Span[..3], new Shape(3))).Shape);
        Assert.Equal(new Shape(2, 0, 4), layer.Forward(new Tape<double>().Constant(new Tensor<double>(new Shape(2, 0, 3)))).Shape);
    }

    [Theory]
    [InlineData(OutsideGrid.Linear)]
    [InlineData(OutsideGrid.Zero)]
    public void NaNSpoilsItsRowOnly(OutsideGrid outside)
    {
        KanLinear<float> layer = LayerFactory.Filled<float>(3, 5, new BSplineOptions { Outside = outside }, 1);
        Tensor<float> x = Check.Sample<float>(new Shape(4, 3));
        x[2, 1] = float.NaN;
        Var<float> y = layer.Forward(new Tape<float>().Constant(x));
        for (int row = 0; row < 4; row++)
        {
            foreach (float value in y.Values.Slice(row * 5, 5))
                Assert.Equal(row == 2, float.IsNaN(value));
        }
    }

    private static void EqualsTheReference<T>(int degree, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int batch = s_batches[seed % s_batches.Length];
        KanLinear<T> layer = LayerFactory.Random<T>(seed, degree, batch > 100 ? 24 : 70);
        Shape shape = seed % 3 == 0 && batch % 2 == 0 ? new Shape(2, batch / 2, layer.Inputs) : new Shape(batch, layer.Inputs);
        Verify(layer, shape, seed, tolerance);
    }

    private static void Verify<T>(KanLinear<T> layer, Shape shape, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> x = LayerFactory.Inputs(layer, shape, seed);
        T[] cotangent = Check.Sample<T>(shape.WithLast(layer.Outputs), seed).Span.ToArray();
        NaiveKanLayer expected = NaiveKanLayer.Compute(layer, x, cotangent);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            var tape = new Tape<T>(executor);
            foreach ((_, Parameter<T> parameter) in layer.Parameters())
                parameter.ClearGradient();
            Var<T> input = tape.Input(x);
            Var<T> y = layer.Forward(input);
            Assert.Equal(shape.WithLast(layer.Outputs), y.Shape);
            tape.Backward(y, cotangent);
            string at = $" at width {width} (degree {layer.Options.Spline.Degree}, {layer.Inputs} -> {layer.Outputs}, seed {seed})";
            expected.Y.Check("y" + at, y.Values, tolerance);
            expected.X.Check("x gradient" + at, input.Gradient, tolerance);
            expected.Coefficients.Check<T>("coefficient gradient" + at, layer.Coefficients.Gradient, tolerance);
            if (layer.BaseWeight is not null)
                expected.Base.Check<T>("base gradient" + at, layer.BaseWeight.Gradient, tolerance);
            if (layer.EdgeScale is not null)
                expected.Scale.Check<T>("scale gradient" + at, layer.EdgeScale.Gradient, tolerance);
            if (layer.Bias is not null)
                expected.Bias.Check<T>("bias gradient" + at, layer.Bias.Gradient, tolerance);
        }
    }
}
