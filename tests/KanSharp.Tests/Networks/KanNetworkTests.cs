using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Layers;

namespace KanSharp.Tests.Networks;

/// <summary>Layers in order: composition, counts, names, copies, refusals.</summary>
public class KanNetworkTests
{
    [Fact]
    public void ComputesItsLayersInOrder()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([3, 5, 2], new KanLinearOptions { Bias = true }, 4);
        Tensor<double> x = Check.Sample<double>(new Shape(7, 3));
        var tape = new Tape<double>();
        Var<double> expected = network.Layers[1].Forward(network.Layers[0].Forward(tape.Constant(x)));
        Assert.Equal(expected.Values.ToArray(), network.Forward(tape.Constant(x)).Values.ToArray());
        Assert.Equal([3, 5, 2], network.Widths);
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        var options = new KanLinearOptions { Bias = true };
        var network = new KanNetwork<double>(LayerFactory.Filled<double>(2, 3, options, 1), LayerFactory.Filled<double>(3, 1, options, 2));
        Check.Passed(GradientCheck.Run(network.Forward, Check.Sample<double>(new Shape(5, 2), low: -1, high: 1), network.Parameters()));
    }

    [Theory]
    [InlineData(new[] { 784, 64, 10 }, 5, 3, true, 508_160)]
    [InlineData(new[] { 784, 64, 10 }, 5, 3, false, 457_344)]
    [InlineData(new[] { 2, 5, 1 }, 3, 3, true, 120)]
    [InlineData(new[] { 4, 1 }, 10, 2, true, 56)]
    public void CountsParametersAsPublished(int[] widths, int intervals, int degree, bool scaled, long expected)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Intervals = intervals, Degree = degree }, EdgeScale = scaled };
        Assert.Equal(expected, KanNetwork<float>.Create(widths, options).CountParameters());
    }

    [Fact]
    public void ParametersAndStateHavePaths()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([2, 3, 1], new KanLinearOptions { Bias = true, Mask = true });
        string[] names = ["coefficients", "base_weight", "edge_scale", "bias"];
        Assert.Equal([.. names.Select(name => "layers.0." + name), .. names.Select(name => "layers.1." + name)], network.Parameters().Select(entry => entry.Path));
        Assert.Equal(["layers.0.knots", "layers.0.mask", "layers.1.knots", "layers.1.mask"], network.States().Select(entry => entry.Path));
        network.SetTrainable(false, "layers.1");
        Assert.Equal(network.Layers[0].CountParameters(), network.CountParameters());
    }

    [Fact]
    public void TheSeedDecidesTheNetworkAndLayersDiffer()
    {
        KanNetwork<double> one = KanNetwork<double>.Create([3, 3, 3], seed: 9);
        KanNetwork<double> same = KanNetwork<double>.Create([3, 3, 3], seed: 9);
        Assert.Equal(one.Layers[1].Coefficients.Value.Span.ToArray(), same.Layers[1].Coefficients.Value.Span.ToArray());
        Assert.NotEqual(one.Layers[0].Coefficients.Value.Span.ToArray(), one.Layers[1].Coefficients.Value.Span.ToArray());
        Assert.NotEqual(one.Layers[0].Coefficients.Value.Span.ToArray(), KanNetwork<double>.Create([3, 3, 3], seed: 10).Layers[0].Coefficients.Value.Span.ToArray());
    }

    [Fact]
    public void CloneIsIndependent()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1]);
        KanNetwork<double> copy = network.Clone();
        Tensor<double> x = Check.Sample<double>(new Shape(4, 2));
        double[] before = Predict(network, x);
        Assert.Equal(before, Predict(copy, x));
        copy.Layers[1].BaseWeight!.Value.Span.Fill(3);
        copy.UpdateGrid(x);
        Assert.Equal(before, Predict(network, x));
        Assert.NotEqual(before, Predict(copy, x));
    }

    [Fact]
    public void BadWidthsAreRefused()
    {
        Assert.Contains("1 widths", Assert.Throws<ArgumentException>(() => KanNetwork<double>.Create([3])).Message, StringComparison.Ordinal);
        Assert.Contains("Width 1 is 0", Assert.Throws<ArgumentException>(() => KanNetwork<double>.Create([3, 0, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new KanNetwork<double>());
        KanLinear<double> first = KanNetwork<double>.Create([3, 2]).Layers[0];
        KanLinear<double> second = KanNetwork<double>.Create([3, 1]).Layers[0];
        Assert.Contains("Layer 1 takes 3 inputs, but layer 0 has 2 outputs", Assert.Throws<ArgumentException>(() => new KanNetwork<double>(first, second)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SummaryNamesLayersAndCounts()
    {
        string summary = KanNetwork<float>.Create([2, 5, 1], new KanLinearOptions { Basis = new BSplineOptions { Intervals = 3 }, Bias = true, BaseActivation = null }).Summary();
        Assert.Contains("KAN [2, 5, 1], 111 trainable parameters", summary, StringComparison.Ordinal);
        Assert.Contains("layer 1: 5 -> 1, B-spline of degree 3 on 3 intervals, base none, edge scale, bias, 36 parameters", summary, StringComparison.Ordinal);
    }

    private static T[] Predict<T>(KanNetwork<T> network, Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => network.Forward(new Tape<T>().Constant(x)).Values.ToArray();
}
