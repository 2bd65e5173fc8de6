using KanSharp.Autodiff;
using KanSharp.Interpretation;
using KanSharp.Networks;

namespace KanSharp.Tests.Interpretation;

public class AttributionTests
{
    private static readonly AttributionOptions Exact = new() { Offset = 0 };

    [Fact]
    public void ScoresOfALinearNetworkFollowFromItsWeights()
    {
        // hidden: h1 = 3x1 + 4x2 (spread 5s), h2 = 2x2 (2s); output: h1 − 2h2 = 3x1 + 0x2 (3s)
        KanNetwork<double> network = Nets.Linear(new double[,] { { 3, 0 }, { 4, 2 } }, new double[,] { { 1 }, { -2 } });
        AttributionResult scores = Attribution.Compute(network, Nets.Corners(2), Exact);
        Equal([5.0 / 3, 4.0 / 3], scores.Edges[1].Span);
        Equal([5.0 / 3, 4.0 / 3], scores.Nodes[1]);
        Equal([5.0 / 3 * 3 / 5, 0, 5.0 / 3 * 4 / 5, 4.0 / 3], scores.Edges[0].Span);
        Equal([1, 4.0 / 3 + 4.0 / 3], scores.Features);
        Equal([1], scores.Nodes[2]);
        double spread = Math.Sqrt(4.0 / 3);
        Equal([3 * spread, 0, 4 * spread, 2 * spread], scores.EdgeDeviations(0).Span);
        Equal([5 * spread, 2 * spread], scores.SubNodeDeviations(0));
        Assert.Equal(scores.Edges[0][1, 0], scores[new EdgeAddress(0, 1, 0)]);
        Assert.Equal(scores.Nodes[1][1], scores[new NodeAddress(1, 1)]);
    }

    [Fact]
    public void ScoresOfSeveralOutputsAreMeansOfThoseOfEach()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1, 0 }, { 0, 1 } }, new double[,] { { 1, 0 }, { 1, 1 } });
        AttributionResult scores = Attribution.Compute(network, Nets.Corners(2), Exact);
        Tensor<double> byOutput = scores.NodesByOutput(0);
        Equal([1 / Math.Sqrt(2), 1 / Math.Sqrt(2), 0, 1], byOutput.Span);
        Equal([byOutput[0, 0] / 2, (byOutput[0, 1] + 1) / 2], scores.Features);
        Assert.Equal(new Shape(2, 2, 2), scores.EdgesByOutput(1).Shape);
        for (int output = 0; output < 2; output++)
        {
            AttributionResult alone = Attribution.Compute(network, Nets.Corners(2), Exact with { OutputWeights = output == 0 ? [2, 0] : [0, 2] });
            Equal(byOutput.Row(output).ToArray(), alone.Features);
        }
    }

    [Fact]
    public void NormsOfTheFirstKanAreMeansOfMagnitudes()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 3, 0 }, { -4, 2 } }, new double[,] { { 1 }, { -2 } });
        AttributionResult scores = Attribution.Compute(network, Nets.Corners(2));
        Equal([3, 0, 4, 2], scores.EdgeMagnitudes(0).Span);
        Equal([0, 0, 0, 0], scores.EdgeMeans(0).Span);
        Equal([4, 2], scores.Incoming(1));
        Equal([3, 4], scores.Outgoing(0));
        Equal([4, 4], scores.Outgoing(1).Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void ScoresDoNotDependOnBlocks()
    {
        KanNetwork<double> network = Nets.Lively(3, 4, 2);
        Tensor<double> x = Nets.Uniform(3000, 3);
        AttributionResult scores = Attribution.Compute(network, x);
        Tensor<double> y = network.Predict(x);
        double[] outputs = [.. Enumerable.Range(0, x.Shape[0]).Select(row => y[row, 0])];
        double mean = outputs.Average();
        double deviation = Math.Sqrt(outputs.Sum(value => (value - mean) * (value - mean)) / (outputs.Length - 1));
        Assert.Equal(deviation, scores.SubNodeDeviations(1)[0], 1e-12);
    }

    [Fact]
    public void AnEdgeOfConstantValueHasTheScoreZero()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1 }, { 1 } });
        var x = new Tensor<double>(new Shape(3, 2), [1, 7, 2, 7, 4, 7]);
        AttributionResult scores = Attribution.Compute(network, x, Exact);
        Equal([1, 0], scores.Features);
        Equal([7.0 / 3, 7], scores.EdgeMeans(0).Span);
    }

    [Fact]
    public void NodesAreGroupedByTheInputsThatMatterToThem()
    {
        KanNetwork<double> network = Nets.Linear(
            new double[,] { { 1, 0, 0, 1e-3 }, { 0, 1, 1, 1 }, { 0, 1, 2, 0 } }, new double[,] { { 1 }, { 1 }, { 1 }, { 1e-6 } });
        AttributionResult scores = Attribution.Compute(network, Nets.Corners(3));
        IReadOnlyList<FeatureSubset> subsets = FeatureInteraction.Of(scores, 1);
        Assert.Equal(["1,2: 1,2", "0: 0"], subsets.Select(subset => $"{string.Join(',', subset.Inputs)}: {string.Join(',', subset.Nodes)}"));
        Assert.Equal("1: 3", FeatureInteraction.Of(scores, 1, 0).Select(subset => $"{string.Join(',', subset.Inputs)}: {string.Join(',', subset.Nodes)}").Last());
    }

    [Fact]
    public void MisuseSaysWhatIsAllowed()
    {
        KanNetwork<double> network = Nets.Lively(2, 3, 1);
        Tensor<double> x = Nets.Uniform(10, 2);
        Assert.Contains("expected [N, 2]", Assert.Throws<ArgumentException>(() => Attribution.Compute(network, Nets.Uniform(5, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("for 1 outputs", Assert.Throws<ArgumentException>(() => Attribution.Compute(network, x, new AttributionOptions { OutputWeights = [1, 2] })).Message, StringComparison.Ordinal);
        AttributionResult scores = Attribution.Compute(network, x);
        Assert.Contains("levels 1 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => scores.FeaturesOf(0)).Message, StringComparison.Ordinal);
        Assert.Contains("layers 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => scores.EdgeDeviations(2)).Message, StringComparison.Ordinal);
        x[3, 1] = double.NaN;
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => Attribution.Compute(network, x)).Message, StringComparison.Ordinal);
    }

    private static void Equal(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-12);
    }

    private static void Equal(double[] expected, IEnumerable<double> actual) => Equal(expected, actual.ToArray().AsSpan());
}
