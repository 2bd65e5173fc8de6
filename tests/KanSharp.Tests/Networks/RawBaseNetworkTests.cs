using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Tests.Networks;

/// <summary>Networks whose base branch sees other numbers than the functions: they have no plan by rows, and predict all the same.</summary>
public sealed class RawBaseNetworkTests
{
    [Theory]
    [InlineData("3,4,2")]
    [InlineData("3,[2,2],1")]
    public void Predicts_from_span_to_span_what_the_tape_computes(string shape)
    {
        var options = new KanLinearOptions { Normalization = InputNormalization.BatchNorm, Squash = InputSquash.Tanh, BaseOnRawInput = true };
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse(shape), options, seed: 3);
        var x = new Tensor<double>(new Shape(7, 3));
        new SplitRandom(1).FillUniform(x.Span, -2, 2);
        var y = new double[7 * network.Widths[^1]];
        network.Predict(x.Span, y);
        Assert.Equal(network.Forward(new Tape<double>().Constant(x)).Values.ToArray(), y, (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Throws<ArgumentException>(() => network.Predict(x.Span, new double[1]));
    }

    [Fact]
    public void Options_of_every_family_have_a_text()
    {
        foreach (KanFamily family in KanFamilies.All)
            Assert.Contains("Basis = ", family.Options().ToString(), StringComparison.Ordinal);
        Assert.Contains("Spline", new KanLinearOptions { Basis = new BSplineOptions() }.ToString(), StringComparison.Ordinal);
    }
}
