using KanSharp.Autodiff;
using KanSharp.Interpretation;
using KanSharp.Networks;

namespace KanSharp.Tests.Interpretation;

public class ActivationRangesTests
{
    [Fact]
    public void RangesOfALinearNetworkFollowFromItsWeights()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 2, -1 } }, new double[,] { { 3 }, { 0 } });
        var x = new Tensor<double>(new Shape(5, 1), [-2, -1, 0, 1, 2]);
        ActivationRanges ranges = ActivationRanges.Compute(network, x, [0.25, 0.5]);
        Assert.Equal([0.25, 0.5], ranges.Probabilities);
        ActivationRange input = ranges.Nodes[0][0];
        Assert.Equal((-2.0, 2.0, 0.4), (input.Low, input.High, input.OutsideGrid));
        Assert.Equal([-1, 0], input.Quantiles);
        ActivationRange edge = ranges[new EdgeAddress(0, 0, 0)];
        Assert.Equal((-4.0, 4.0, 0.4), (edge.Low, edge.High, edge.OutsideGrid));
        Assert.Equal([-2, 0], edge.Quantiles);
        Assert.Equal((-2.0, 2.0), (ranges[new EdgeAddress(0, 0, 1)].Low, ranges[new EdgeAddress(0, 0, 1)].High));
        Assert.Equal(0.8, ranges[new NodeAddress(1, 0)].OutsideGrid);
        Assert.Equal((-12.0, 12.0, 0.0), (ranges[new NodeAddress(2, 0)].Low, ranges[new NodeAddress(2, 0)].High, ranges[new NodeAddress(2, 0)].OutsideGrid));
        Assert.Equal((0.0, 0.0), (ranges[new EdgeAddress(1, 1, 0)].Low, ranges[new EdgeAddress(1, 1, 0)].High));
    }

    [Fact]
    public void OfManySamplesEveryNthIsTaken()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1 } });
        var x = new Tensor<double>(new Shape(1000, 1), [.. Enumerable.Range(0, 1000).Select(row => (double)row)]);
        Assert.Equal(900, ActivationRanges.Compute(network, x, mostSamples: 10).Nodes[0][0].High);
        Assert.Equal(999, ActivationRanges.Compute(network, x).Nodes[0][0].High);
    }

    [Fact]
    public void CurvesOfAnEdgeAddUpToTheNetwork()
    {
        KanNetwork<double> network = Nets.Rich();
        Tensor<double> x = Nets.Uniform(20, 4);
        EdgeCurve both = EdgeCurves.AtSamples(network, new EdgeAddress(1, 4, 2), x);
        Assert.Equal(20, both.X.Count);
        Assert.NotNull(both.Symbolic);
        for (int row = 0; row < 20; row++)
        {
            Assert.Equal(0.4 * Math.Sin(0.3 * both.X[row] + 0.1) + 0.2, both.Symbolic[row], 1e-12);
            Assert.Equal(both.Base![row] + both.Spline![row] + both.Symbolic[row], both.Y[row], 1e-12);
        }

        EdgeCurve symbolic = EdgeCurves.OverSamples(network, new EdgeAddress(0, 1, 1), x, 11);
        Assert.Null(symbolic.Spline);
        Assert.Equal(11, symbolic.Y.Count);
        double[] column = [.. Enumerable.Range(0, 20).Select(row => x[row, 0])];
        Assert.Equal((column.Min(), column.Max()), (symbolic.X[0], symbolic.X[^1]));
        EdgeCurve grid = EdgeCurves.OverGrid(network, new EdgeAddress(2, 0, 0), 5);
        Assert.Equal([-1, -0.5, 0, 0.5, 1], grid.X);
        Assert.Null(grid.Symbolic);

        // one layer: the edges of a sub-node sum up to it
        KanNetwork<double> layer = Nets.Lively(3, 1);
        Tensor<double> rows = Nets.Uniform(20, 3);
        double[] sum = [.. Enumerable.Repeat(layer.Layers[0].Bias!.Value[0], 20)];
        for (int input = 0; input < 3; input++)
        {
            EdgeCurve curve = EdgeCurves.AtSamples(layer, new EdgeAddress(0, input, 0), rows);
            sum = [.. sum.Zip(curve.Y, (left, right) => left + right)];
        }

        Assert.All(sum.Zip(layer.Predict(rows).Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Contains("0 to 7", Assert.Throws<ArgumentOutOfRangeException>(() => EdgeCurves.At(network, new EdgeAddress(0, 0, 8), 0.5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheEdgesOfARichNetworkMakeItsOutputs()
    {
        KanNetwork<double> network = Nets.Rich();
        Tensor<double> x = Nets.Uniform(30, 4);
        ActivationRanges ranges = ActivationRanges.Compute(network, x);
        double[] y = network.Predict(x).Span.ToArray();
        Assert.Equal(y.Where((_, index) => index % 2 == 1).Max(), ranges[new NodeAddress(3, 1)].High, 1e-10);
        Assert.Equal(y.Where((_, index) => index % 2 == 0).Min(), ranges[new NodeAddress(3, 0)].Low, 1e-10);
    }
}
