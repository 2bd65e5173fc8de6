using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>The penalty on coefficients: value, gradient, edges of zeros, repeated backward passes.</summary>
public class EdgeRegularizationTests
{
    [Fact]
    public void ValueFollowsTheFormula()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, new KanLinearOptions(), 1);
        double[] sizes = [.. from i in Enumerable.Range(0, 3)
                             from o in Enumerable.Range(0, 4)
                             select Enumerable.Range(0, 8).Average(n => Math.Abs(layer.Coefficients.Value[i, n, o]))];
        double total = sizes.Sum();
        double entropy = -sizes.Sum(size => size / total * Math.Log(size / total));
        Assert.Equal(2 * total + 0.5 * entropy, EdgeRegularization.Penalty(new Tape<double>(), layer, 2, 0.5).Item, 1e-12);
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, new KanLinearOptions(), 1);
        Check.Passed(GradientCheck.Run(x => EdgeRegularization.Penalty(x.Tape, layer, 0.7, 1.3) * x.Sum(), Tensor<double>.From(1.5), [("coefficients", layer.Coefficients)]));
        KanLinear<float> single = LayerFactory.Filled<float>(2, 3, new KanLinearOptions(), 1);
        Check.Passed(GradientCheck.Run(x => EdgeRegularization.Penalty(x.Tape, single) * x.Sum(), Tensor<float>.From(1.5f), [("coefficients", single.Coefficients)]));
    }

    [Fact]
    public void EdgesOfZerosCountNothing()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, new KanLinearOptions(), 1);
        for (int n = 0; n < 8; n++)
            layer.Coefficients.Value[1, n, 2] = 0;
        AssertFinite(layer);
        layer.Coefficients.Value.Span.Clear();
        AssertFinite(layer);
        Assert.Equal(0, EdgeRegularization.Penalty(new Tape<double>(), layer).Item);
        Assert.All(layer.Coefficients.Gradient.ToArray(), value => Assert.Equal(0, value));

        static void AssertFinite(KanLinear<double> layer)
        {
            layer.Coefficients.ClearGradient();
            var tape = new Tape<double>();
            Var<double> penalty = EdgeRegularization.Penalty(tape, layer);
            tape.Backward(penalty);
            Assert.True(double.IsFinite(penalty.Item));
            Assert.All(layer.Coefficients.Gradient.ToArray(), value => Assert.True(double.IsFinite(value)));
            for (int n = 0; n < 8; n++)
                Assert.Equal(0, layer.Coefficients.Gradient[(8 + n) * 4 + 2]);
        }
    }

    [Fact]
    public void ASecondBackwardPassAddsTheSameGradient()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 4, new KanLinearOptions(), 1);
        var tape = new Tape<double>();
        Var<double> penalty = EdgeRegularization.Penalty(tape, layer);
        tape.Backward(penalty);
        double[] once = layer.Coefficients.Gradient.ToArray();
        tape.Backward(penalty);
        Check.Close<double>([.. once.Select(value => 2 * value)], layer.Coefficients.Gradient, 1e-14);
    }

    [Fact]
    public void ANetworkAddsItsLayers()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1]);
        var tape = new Tape<double>();
        double sum = network.Layers.Sum(layer => EdgeRegularization.Penalty(tape, layer, 0.5, 2).Item);
        Assert.Equal(sum, EdgeRegularization.Penalty(tape, network, 0.5, 2).Item, 1e-14);
        Assert.Equal(0, EdgeRegularization.Penalty(tape, new Empty()).Item);
    }

    private sealed class Empty : Module<double>
    {
        public override Var<double> Forward(Var<double> x) => x;
    }
}
