using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Bases;

namespace KanSharp.Tests.Layers;

/// <summary>The kernels of the global-basis path against the formula, the local path and differences.</summary>
public class GlobalContractionTests
{
    private static readonly int[] s_batches = [0, 1, 5, 6, 17, 64, 100, 130];

    public static TheoryData<string> Names => GlobalFamilies.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualsTheFormulaInDouble(string name) => CompareRandom<double>(name, 1e-12);

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualsTheFormulaInFloat(string name) => CompareRandom<float>(name, 1e-4);

    /// <summary>Sizes beyond one slice of features, one range of rows, one block of the inner dimension, one range of columns.</summary>
    [Theory]
    [InlineData(60, 70, 800)]
    [InlineData(3, 66, 1600)]
    [InlineData(2, 2100, 7)]
    [InlineData(500, 5, 50)]
    public void LargeSizesAreCutRightly(int inputs, int outputs, int rows)
    {
        GlobalBasis<float> basis = GlobalFamilies.Named("gaussian").Create<float>();
        foreach (bool scale in new[] { false, true })
            Compare("gaussian", new GlobalLayer<float>(basis, inputs, outputs, new Random(3), scale, false, Activation.SiLU, true), rows, 1, 1e-4, [SimdWidths.Best]);
    }

    /// <summary>The dense and the local evaluation of B-splines share nothing but the table.</summary>
    [Theory]
    [InlineData(5, 3, 17, 33, 100)]
    [InlineData(12, 2, 40, 70, 150)]
    public void DenseSplinesAgreeWithTheLocalPath(int intervals, int degree, int inputs, int outputs, int rows)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Intervals = intervals, Degree = degree }, Bias = true, Mask = true, EdgeScale = true };
        KanLinear<double> local = LayerFactory.Filled<double>(inputs, outputs, options, 2);
        var dense = new GlobalLayer<double>(new DenseSplineBasis<double>(local.Table), inputs, outputs, new Random(1), true, true, options.BaseActivation, true);
        local.Coefficients.Value.Span.CopyTo(dense.Coefficients.Value.Span);
        local.EdgeScale!.Value.Span.CopyTo(dense.Scale!.Value.Span);
        local.BaseWeight!.Value.Span.CopyTo(dense.Base!.Value.Span);
        local.Bias!.Value.Span.CopyTo(dense.Bias!.Value.Span);
        local.Mask!.Value.Span.CopyTo(dense.Mask!.Span);
        Tensor<double> x = LayerFactory.Inputs(local, new Shape(rows, inputs), 3);
        double[] cotangent = Check.Sample<double>(new Shape(rows, outputs), 4).Span.ToArray();
        var tape = new Tape<double>();
        Var<double> input = tape.Input(x), other = tape.Input(x);
        Var<double> expected = local.Forward(input), actual = dense.Forward(other);
        tape.Backward(expected, cotangent);
        double[] slopes = input.Gradient.ToArray();
        tape.Backward(actual, cotangent);
        Check.Close(expected.Values, actual.Values, 1e-11);
        Check.Close<double>(slopes, other.Gradient, 1e-10);
        Check.Close<double>(local.Coefficients.Gradient, dense.Coefficients.Gradient, 1e-10);
        Check.Close<double>(local.EdgeScale.Gradient, dense.Scale.Gradient, 1e-10);
        Check.Close<double>(local.BaseWeight.Gradient, dense.Base.Gradient, 1e-10);
        Check.Close<double>(local.Bias.Gradient, dense.Bias.Gradient, 1e-10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAndJetsAgreeWithDifferences(string name)
    {
        var layer = new GlobalLayer<double>(GlobalFamilies.Named(name).Create<double>(), 3, 4, new Random(2), true, true, Activation.SiLU, true);
        Tensor<double> x = Check.Sample<double>(new Shape(5, 3), 7, -0.9, 0.9);
        Check.Passed(GradientCheck.Run(v => layer.Forward(v), x, layer.Parameters));
        Check.Passed(GradientCheck.Run(inputs => layer.Forward(inputs[0], 2, inputs[1].Node), [x, Check.Sample<double>(x.Shape, 8)], layer.Parameters.Where(p => p.Path != "bias")));
        Check.Passed(GradientCheck.RunJet(layer.Forward, x, layer.Parameters));
        Check.Passed(GradientCheck.Run(v => layer.Forward(v.Tanh()), x, layer.Parameters));
    }

    [Fact]
    public void BitsDoNotDependOnTheThreads()
    {
        GlobalBasis<float> basis = GlobalFamilies.Named("gaussian").Create<float>();
        var layer = new GlobalLayer<float>(basis, 70, 130, new Random(5), true, false, Activation.SiLU, true);
        float[][]? expected = null;
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using var executor = new Executor(threads);
            float[][] actual = Step(layer, Check.Sample<float>(new Shape(900, 70)), executor);
            expected ??= actual;
            for (int array = 0; array < expected.Length; array++)
                Assert.Equal(expected[array], actual[array]);
        }
    }

    [Fact]
    public void ARepeatedStepAllocatesNothing()
    {
        var layer = new GlobalLayer<float>(GlobalFamilies.Named("chebyshev").Create<float>(), 20, 30, new Random(5), true, true, Activation.SiLU, true);
        using var executor = new Executor(1);
        var tape = new Tape<float>(executor);
        Tensor<float> x = Check.Sample<float>(new Shape(150, 20));
        var cotangent = new float[150 * 30];
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            tape.Reset();
            Var<float> y = layer.Forward(tape.Input(x));
            tape.Backward(y, cotangent);
        }));
    }

    [Fact]
    public void NaNSpoilsItsRowOnly()
    {
        var layer = new GlobalLayer<float>(GlobalFamilies.Named("gaussian").Create<float>(), 3, 5, new Random(5), false, false, null, false);
        Tensor<float> x = Check.Sample<float>(new Shape(20, 3));
        x[7, 1] = float.NaN;
        Var<float> y = layer.Forward(new Tape<float>().Constant(x));
        for (int index = 0; index < 100; index++)
            Assert.Equal(index / 5 == 7, float.IsNaN(y.Values[index]));
    }

    private static float[][] Step(GlobalLayer<float> layer, Tensor<float> x, Executor executor)
    {
        foreach ((_, Parameter<float> parameter) in layer.Parameters)
            parameter.ClearGradient();
        var tape = new Tape<float>(executor);
        Var<float> input = tape.Input(x);
        Var<float> y = layer.Forward(input);
        tape.Backward(y, Check.Sample<float>(y.Shape, 9).Span);
        return [y.Values.ToArray(), input.Gradient.ToArray(), .. layer.Parameters.Select(p => p.Parameter.Gradient.ToArray())];
    }

    private static void CompareRandom<T>(string name, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int seed = 0; seed < 24; seed++)
        {
            GlobalLayer<T> layer = GlobalLayer<T>.Random(GlobalFamilies.Named(name).Create<T>(), seed, seed % 3 == 0 ? 4 : 70);
            Compare(name, layer, s_batches[seed % s_batches.Length], seed, tolerance, SimdWidths.All);
        }
    }

    private static void Compare<T>(string name, GlobalLayer<T> layer, int rows, int seed, double tolerance, IReadOnlyList<SimdWidth> widths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> x = Check.Sample<T>(new Shape(rows, layer.Inputs), seed, -1, 1), m = Check.Sample<T>(x.Shape, seed + 1);
        int order = seed % 3;
        bool hasMultiplier = seed % 4 != 0;
        T[] cotangent = Check.Sample<T>(new Shape(rows, layer.Outputs), seed + 2).Span.ToArray();
        NaiveGlobalLayer expected = NaiveGlobalLayer.Compute(GlobalFamilies.Named(name), layer, x, hasMultiplier ? m : null, order, cotangent);
        foreach (SimdWidth width in widths)
        {
            using var executor = new Executor(2, width);
            var tape = new Tape<T>(executor);
            foreach ((_, Parameter<T> parameter) in layer.Parameters)
                parameter.ClearGradient();
            Var<T> input = tape.Input(x), multiplier = tape.Input(m);
            Var<T> y = layer.Forward(input, order, hasMultiplier ? multiplier.Node : null);
            tape.Backward(y, cotangent);
            string at = $" at width {width} ({layer.Inputs} -> {layer.Outputs}, {rows} rows, seed {seed})";
            expected.Y.Check("y" + at, y.Values, tolerance);
            expected.X.Check("x gradient" + at, input.Gradient, tolerance);
            if (hasMultiplier)
                expected.Multiplier.Check("multiplier gradient" + at, multiplier.Gradient, tolerance);
            expected.Coefficients.Check<T>("coefficient gradient" + at, layer.Coefficients.Gradient, tolerance);
            if (layer.Scale is not null)
                expected.Scale.Check<T>("scale gradient" + at, layer.Scale.Gradient, tolerance);
            if (layer.Base is not null)
                expected.Base.Check<T>("base gradient" + at, layer.Base.Gradient, tolerance);
        }
    }
}
