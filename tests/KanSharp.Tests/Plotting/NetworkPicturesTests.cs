using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Symbolics;
using KanSharp.Tests.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Plotting;

public class NetworkPicturesTests
{
    [Fact]
    public void ScoresAreTheSpreadOfWhatLeavesTheEdge()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], seed: 5);
        Tensor<double> inputs = Samples(50);
        NetworkDiagram diagram = NetworkPictures.Diagram(network, inputs);
        Assert.Equal([2, 3, 1], diagram.Widths);
        Assert.Equal(9, diagram.Edges.Count);
        DiagramEdge edge = diagram.Edges.Single(one => one is { Layer: 0, From: 1, To: 2 });

        // The edge alone: the other input's contribution to this output is constant where that input is
        var alone = new Tensor<double>(new Shape(50, 2));
        for (int row = 0; row < 50; row++)
            alone[row, 1] = inputs[row, 1];
        var tape = new Tape<double>();
        double[] values = Column(network.Layers[0].Forward(tape.Constant(alone)).Values, 3, 2);
        double mean = values.Average();
        Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), edge.Score, 1e-12);
        Assert.Equal(Column(inputs.Span, 2, 1).Min(), edge.X[0], 1e-12);
        Assert.Equal(Column(inputs.Span, 2, 1).Max(), edge.X[^1], 1e-12);
    }

    [Fact]
    public void WithoutDataCurvesRunOverTheGridAndMaskedEdgesAreOff()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([2, 1], new KanLinearOptions { Mask = true });
        network.Layers[0].Mask!.Value[1, 0] = 0;
        NetworkDiagram diagram = NetworkPictures.Diagram(network);
        Assert.Equal(EdgeMode.Numeric, diagram.Edges[0].Mode);
        Assert.Equal(EdgeMode.Off, diagram.Edges[1].Mode);
        Assert.Equal(-1, diagram.Edges[0].X[0], 1e-6);
        Assert.Equal(1, diagram.Edges[0].X[^1], 1e-6);
        Assert.Contains("<svg", diagram.Draw().ToSvg());
    }

    [Fact]
    public void SymbolicEdgesAndProductNodesAreDrawn()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>().WithInputs([2, 0, 1]);
        NetworkDiagram diagram = NetworkPictures.Diagram(network, MixedNetworks.Inputs<double>(60, 3));
        Assert.Equal([3, 3, 2], diagram.Widths);
        Assert.Equal(
            [EdgeMode.Off, EdgeMode.Numeric, EdgeMode.Symbolic, EdgeMode.Both],
            diagram.Edges.Select(edge => edge.Mode).Distinct().Order());
        Assert.Contains("<svg", diagram.Draw().ToSvg());
        EdgeChart chart = NetworkPictures.Edge(network, 0, 1, 0);
        for (int point = 0; point < chart.X.Count; point += 20)
            Assert.Equal(0.7 * Math.Sin(1.3 * chart.X[point] + 0.2) - 0.1, chart.Y[point], 1e-12);
    }

    [Fact]
    public void PartsOfAnEdgeSumToItsFunctionAndKnotsLieWithinTheGrid()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], seed: 5);
        EdgeChart chart = NetworkPictures.Edge(network, 1, 2, 0, Samples(40));
        for (int i = 0; i < chart.X.Count; i++)
            Assert.Equal(chart.Y[i], chart.Base![i] + chart.Spline![i], 1e-12);
        Assert.Equal(6, chart.Knots.Count);
        Assert.NotNull(chart.DataRange);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => NetworkPictures.Edge(network, 1, 3, 0));
        Assert.Contains("0 to 2", error.Message);
    }

    [Fact]
    public void ProductsAndFormulasOfANetworkAreDrawn()
    {
        FunctionCatalog catalog = FunctionCatalog.Standard;
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("2,[1,x2],1"), seed: 5)
            .WithSymbolicEdges(
            [
                new EdgeFormula(0, 0, 0, catalog["sin"], A: 3.14159265, C: 2),
                new EdgeFormula(0, 1, 1, catalog["x^2"], A: 1.23456, B: 0.98765, C: 2.34567, D: -0.54321),
                new EdgeFormula(0, 1, 2, catalog["x^p"], Exponent: 1.5),
            ])
            .WithMode(0, 0, 1, EdgeMode.Off);
        NetworkDiagram diagram = NetworkPictures.Diagram(network, Samples(30));
        Assert.Equal([2, 2, 1], diagram.Widths);
        Assert.Equal([1, 2], diagram.Arities[1]);
        string Label(int from, int to) => diagram.Edges.Single(edge => edge.Layer == 0 && edge.From == from && edge.To == to).Label;
        Assert.Equal("2*sin(3.14*x)", Label(0, 0));
        Assert.Equal("(1.23*x + 0.988)^2", Label(1, 1));
        Assert.Equal("x^(3/2)", Label(1, 2));
        Assert.Equal("", Label(0, 2));
        Assert.Equal(EdgeMode.Off, diagram.Edges.Single(edge => edge is { Layer: 0, From: 0, To: 1 }).Mode);
        Assert.Contains(diagram.Draw().Elements.OfType<TextElement>(), text => text.Content == "×");
    }

    [Fact]
    public void CandidatesAreMeasuredOnTheSamples()
    {
        FunctionCatalog catalog = FunctionCatalog.Standard;
        var sine = new EdgeFormula(0, 1, 0, catalog["sin"], A: 3, C: 2, D: 0.5);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], seed: 5).WithSymbolicEdges([sine]);
        Tensor<double> inputs = Samples(60);
        CandidateChart chart = NetworkPictures.Candidates(network, 0, 1, 0, [sine, sine with { C = 1 }], inputs);
        Assert.Equal(1, chart.Candidates[0].R2, 1e-12);
        Assert.Equal("2*sin(3*x) + 0.5", chart.Candidates[0].Label);
        double[] x = Column(inputs.Span, 2, 1), y = [.. x.Select(value => 2 * Math.Sin(3 * value))];
        double mean = y.Average(), expected = 1 - (y.Sum(value => value * value / 4) / y.Sum(value => (value - mean) * (value - mean)));
        Assert.Equal(expected, chart.Candidates[1].R2, 1e-12);
        Assert.Equal(x, chart.Samples);
        Assert.Contains("<svg", chart.Draw().ToSvg(), StringComparison.Ordinal);
        Assert.Equal(1, NetworkPictures.Candidates(network, 0, 1, 0, [sine]).Candidates[0].R2, 1e-12);
    }

    [Fact]
    public void AttributionGivesTheScores()
    {
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("2,[1,x2],1"), seed: 5);
        Tensor<double> inputs = Samples(40);
        AttributionResult attribution = Attribution.Compute(network, inputs);
        NetworkDiagram diagram = NetworkPictures.Diagram(network, attribution, inputs);
        Assert.Equal(attribution.Nodes, diagram.NodeScores);
        Assert.All(diagram.Edges, edge => Assert.Equal(attribution.Edges[edge.Layer][edge.From, edge.To], edge.Score));
        KanNetwork<double> other = KanNetwork<double>.Create([2, 3, 1], seed: 5);
        Assert.Contains("[2, 2, 1]", Assert.Throws<ArgumentException>(() => NetworkPictures.Diagram(other, attribution)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ActivationsAreWhatReachesEveryNode()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], seed: 5);
        Tensor<double> inputs = Samples(50);
        HistogramGrid grid = NetworkPictures.Activations(network, inputs, ["a", "b"]);
        Assert.Equal(["a", "b", "hidden 1.0", "hidden 1.1", "hidden 1.2"], grid.Panels.Select(panel => panel.Name));
        Assert.Equal(Column(inputs.Span, 2, 1), grid.Panels[1].Values);
        Assert.Equal((-1, 1), grid.Panels[1].Grid);
        Assert.Equal(Column(network.Layers[0].Predict(inputs).Span, 3, 2), grid.Panels[4].Values);
        Assert.Throws<ArgumentException>(() => NetworkPictures.Activations(network, inputs, ["a"]));
    }

    [Fact]
    public void EdgesOfATableModelHaveNamesAndOriginalUnits()
    {
        double[] speeds = [.. Enumerable.Range(0, 60).Select(i => 100.0 + i)];
        var table = new Table([new TableColumn("speed", speeds), new TableColumn("force", [.. speeds.Select(v => v * v)])]);
        var options = new TabularOptions { Hidden = [2], Fit = new FitOptions { Epochs = 3 }, Units = new Dictionary<string, string> { ["speed"] = "km/h" } };
        TabularFit<double> fit = TabularTrainer.Fit<double>(table, ["force"], options);
        EdgeChart chart = NetworkPictures.Edge(fit.Model, 0, 0, 1, fit.Problem.Split.Train);
        Assert.Equal("speed [km/h]", chart.XLabel);
        Assert.Equal("speed → hidden 1.1", chart.Title);
        Assert.InRange(chart.DataRange!.Value.Minimum, 99.999, 110);
        Assert.InRange(chart.Knots[0], 95, 110);
        Assert.Equal(["force"], NetworkPictures.Diagram(fit.Model).OutputNames);
        TabularFit<double> mlp = TabularTrainer.Fit<double>(table, ["force"], options with { Mlp = true });
        Assert.Contains("Mlp", Assert.Throws<ArgumentException>(() => NetworkPictures.Diagram(mlp.Model)).Message);
    }

    private static Tensor<double> Samples(int rows)
    {
        var inputs = new Tensor<double>(new Shape(rows, 2));
        for (int row = 0; row < rows; row++)
        {
            inputs[row, 0] = 0;
            inputs[row, 1] = 1.4 * Math.Sin(row * 0.7);
        }

        return inputs;
    }

    private static double[] Column(ReadOnlySpan<double> values, int width, int column)
    {
        var result = new double[values.Length / width];
        for (int row = 0; row < result.Length; row++)
            result[row] = values[row * width + column];
        return result;
    }
}
