using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Networks;

public class NetworkEditTests
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.Standard;

    [Fact]
    public void An_edge_computes_what_its_mode_says()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([1, 1], seed: 2);
        Tensor<double> x = Check.Sample<double>(new Shape(9, 1), 1, -1, 1);
        double[] numeric = network.Predict(x).Span.ToArray();
        double[] symbolic = [.. x.Span.ToArray().Select(value => 2 * Math.Sin(3 * value + 0.5) - 1)];
        Assert.Equal(EdgeMode.Numeric, network.Mode(0, 0, 0));

        KanNetwork<double> formula = network.WithSymbolicEdge(0, 0, 0, Catalog["sin"], 3, 0.5, 2, -1);
        Assert.Equal(EdgeMode.Symbolic, formula.Mode(0, 0, 0));
        Check.Close<double>(symbolic, formula.Predict(x).Span, 1e-14);
        Assert.Equal(new EdgeFormula(0, 0, 0, Catalog["sin"], 3, 0.5, 2, -1), formula.Formula(0, 0, 0));

        KanNetwork<double> both = formula.WithMode(0, 0, 0, EdgeMode.Both);
        Assert.Equal(EdgeMode.Both, both.Mode(0, 0, 0));
        Check.Close<double>([.. numeric.Zip(symbolic, (left, right) => left + right)], both.Predict(x).Span, 1e-14);

        Assert.Equal(numeric, formula.WithMode(0, 0, 0, EdgeMode.Numeric).Predict(x).Span.ToArray());
        Assert.Equal(numeric, formula.WithoutSymbolic().Predict(x).Span.ToArray());
        Assert.All(both.WithoutEdge(0, 0, 0).Predict(x).Span.ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(EdgeMode.Off, both.WithoutEdge(0, 0, 0).Mode(0, 0, 0));
        Assert.Equal(numeric, network.Predict(x).Span.ToArray());
    }

    [Fact]
    public void A_layer_without_numeric_edges_is_frozen_and_costs_no_tape()
    {
        KanNetwork<double> network = MixedNetworks.Formula<double>();
        Assert.All(network.Stages, stage => Assert.True(stage.NumericIsOff));
        Assert.Equal(12, network.CountParameters());
        var tape = new Tape<double>();
        network.Forward(tape.Constant(Check.Sample<double>(new Shape(3, 2))));
        Assert.Equal(1 + 2 * 2, tape.Count);

        KanNetwork<double> back = network.WithoutSymbolic();
        Assert.Equal(KanNetwork<double>.Create([2, 1, 1], seed: 3).CountParameters(), back.CountParameters());
    }

    [Fact]
    public void A_formula_network_computes_the_formula()
    {
        KanNetwork<double> network = MixedNetworks.Formula<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(500, 2), 4, -1, 1);
        double[] expected = [.. Enumerable.Range(0, 500).Select(row => Math.Exp(Math.Sin(1.5 * x[row, 0] + 0.3) + 0.8 * x[row, 1] * x[row, 1]))];
        Check.Close<double>(expected, network.Predict(x).Span, 1e-13);
    }

    [Fact]
    public void Masks_are_edited_and_keep_their_factors()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 2, 1]);
        KanNetwork<double> masked = network.WithMask(0, new Tensor<double>(new Shape(2, 2), [0.5, 1, 0, 1]));
        Assert.Equal([EdgeMode.Numeric, EdgeMode.Numeric, EdgeMode.Off, EdgeMode.Numeric], from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 2) select masked.Mode(0, i, j));
        Assert.Null(network.Layers[0].Mask);
        Assert.Equal(0.5, masked.WithMode(0, 0, 0, EdgeMode.Numeric).Layers[0].Mask!.Value[0, 0]);
        Assert.Equal(1, masked.WithMode(0, 1, 0, EdgeMode.Numeric).Layers[0].Mask!.Value[1, 0]);
    }

    [Fact]
    public void Chosen_inputs_are_read_from_full_rows_through_every_later_edit()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([4, 3, 1], new KanLinearOptions { Bias = true }, seed: 6).WithSymbolicEdge(0, 2, 1, Catalog["sin"], 2);
        Tensor<double> x = Check.Sample<double>(new Shape(30, 4), 2, -1, 1);
        KanNetwork<double> without = network.WithoutEdge(0, 1, 0).WithoutEdge(0, 1, 1).WithoutEdge(0, 1, 2).WithoutEdge(0, 3, 0).WithoutEdge(0, 3, 1).WithoutEdge(0, 3, 2);
        KanNetwork<double> chosen = network.WithInputs([2, 0]);
        Assert.Equal((4, 2), (chosen.Features, chosen.Widths[0]));
        Assert.Equal([2, 0], chosen.InputSelection);
        Check.Close<double>(without.Predict(x).Span, chosen.Predict(x).Span, 1e-14);
        Assert.Equal("sin", chosen.Formula(0, 0, 1)!.Function.Name);

        KanNetwork<double>[] later =
        [
            chosen.Clone(), chosen.Refine(9, x).Network, chosen.Elevate(5).Network, chosen.FollowRange(x).Network, chosen.WithMode(0, 0, 0, EdgeMode.Numeric),
        ];
        Assert.All(later, edited => Assert.Equal([2, 0], edited.InputSelection));
        foreach (KanNetwork<double> edited in later[..3])
            Check.Close<double>(chosen.Predict(x).Span, edited.Predict(x).Span, 1e-11);
        KanNetwork<double> fewer = chosen.WithInputs([0]);
        Assert.Equal([0], fewer.InputSelection);
        Assert.Equal(4, fewer.Features);
        Assert.Equal(fewer.Predict(x).Span.ToArray(), fewer.Forward(new Tape<double>().Constant(x)).Values.ToArray());
        Assert.Equal(new Shape(30, 1), fewer.SelectInputs(x).Shape);
    }

    [Fact]
    public void Nodes_are_kept_with_their_subnodes()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>();
        Tensor<double> x = MixedNetworks.Inputs<double>(20, 3);
        KanNetwork<double> same = network.WithNodes(1, [0, 1, 2]);
        Assert.Equal(network.Predict(x).Span.ToArray(), same.Predict(x).Span.ToArray());
        KanNetwork<double> kept = network.WithNodes(1, [0, 2]);
        Assert.Equal("3,[1,x3],2", kept.Shape.ToString());
        KanNetwork<double> off = network.WithoutEdge(1, 1, 0).WithoutEdge(1, 1, 1);
        Check.Close<double>(off.Predict(x).Span, kept.Predict(x).Span, 1e-13);
    }

    [Fact]
    public void Node_stages_are_replaced()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], seed: 1);
        var stage = new NodeStage<double>(3);
        stage.NodeScale.Value[0] = 2;
        KanNetwork<double> scaled = network.WithNodeStage(0, stage);
        Assert.Equal(2, scaled.Stages[0].Nodes!.NodeScale.Value[0]);
        Assert.NotSame(stage, scaled.Stages[0].Nodes);
        Assert.Contains("Layer 1 takes 3 inputs, but layer 0 has 2 outputs", Assert.Throws<ArgumentException>(
            () => network.WithNodeStage(0, new NodeStage<double>(1, [2]))).Message, StringComparison.Ordinal);
        Assert.Contains("4 sub-nodes, but the layer has 3 outputs", Assert.Throws<ArgumentException>(
            () => network.WithNodeStage(0, new NodeStage<double>(4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Misuse_is_named()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1]);
        Says("Layers are 0 to 1", () => network.Mode(2, 0, 0));
        Says("Layer 0 has inputs 0 to 1", () => network.WithoutEdge(0, 2, 0));
        Says("Layer 1 has outputs 0 to 0", () => network.WithSymbolicEdge(1, 0, 1, Catalog["sin"]));
        Says("has no symbolic function", () => network.WithMode(0, 0, 0, EdgeMode.Symbolic));
        Says("a is NaN", () => network.WithSymbolicEdge(0, 0, 0, Catalog["sin"], double.NaN));
        Says("'x^p' needs an exponent", () => network.WithSymbolicEdge(0, 0, 0, Catalog["x^p"]));
        Says("The mask has shape [3, 2]; layer 0 has [2, 3] edges", () => network.WithMask(0, new Tensor<double>(new Shape(3, 2))));
        Says("Column 2 is no input of the network", () => network.WithInputs([2]));
        Says("names one twice", () => network.WithInputs([1, 1]));
        Says("Nothing is chosen", () => network.WithNodes(1, []));
        Says("Hidden levels are 1 to 1", () => network.WithNodes(2, [0]));
        Says("Nodes of level 1 are 0 to 2", () => network.WithNodes(1, [3]));
        Says("takes 2", () => network.Predict(new double[6], new double[2], 2));
        Says("3 columns are chosen, but layer 0 takes 2 inputs", () => new KanNetwork<double>(network.Stages, 5, [0, 1, 2]));
        Says("columns are 0 to 4", () => new KanNetwork<double>(network.Stages, 5, [0, 5]));

        static void Says(string message, Action action) =>
            Assert.Contains(message, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);
    }
}
