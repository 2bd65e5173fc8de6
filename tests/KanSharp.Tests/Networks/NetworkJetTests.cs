using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Networks;

public sealed class NetworkJetFloatTests : NetworkJetTests<float>;

public sealed class NetworkJetDoubleTests : NetworkJetTests<double>;

/// <summary>Mixed derivatives up to order 4 of networks that are formulas, against symbolic derivatives.</summary>
public abstract class NetworkJetTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 2e-4 : 1e-10;

    [Fact]
    public void SymbolicEdges() => JetTruth.Holds<T>(
        MixedNetworks.Formula<T>().Forward, ["exp(sin(1.5*x + 0.3) + 0.8*y^2)"], Check.Sample<T>(new Shape(6, 2), 3, -0.6, 0.6), JetShape.Full(2, 4), Tolerance);

    /// <summary>A network keeps its function of full rows when it reads its columns in another order, and loses the edges of those that it does not read.</summary>
    [Fact]
    public void ChosenInputs()
    {
        Tensor<T> points = Check.Sample<T>(new Shape(6, 2), 3, -0.6, 0.6);
        JetTruth.Holds<T>(MixedNetworks.Formula<T>().WithInputs([1, 0]).Forward, ["exp(sin(1.5*x + 0.3) + 0.8*y^2)"], points, JetShape.Full(2, 3), Tolerance);
        JetTruth.Holds<T>(MixedNetworks.Formula<T>().WithInputs([1]).Forward, ["exp(0.8*y^2)"], points, JetShape.Full(2, 3), Tolerance);
    }

    /// <summary>A sum and products of two and three sub-nodes, each of which is a sum of symbolic edges; scales and biases of nodes and sub-nodes.</summary>
    [Fact]
    public void ProductNodes()
    {
        FunctionCatalog catalog = FunctionCatalog.Standard;
        KanNetwork<T> network = KanNetwork<T>.Create(NetworkShape.Parse("3,[1,x2,x3],2"), new KanLinearOptions(), 1, trainNodes: true).WithSymbolicEdges(
        [
            new EdgeFormula(0, 0, 0, catalog["sin"], 1.3, 0.2, 0.7, -0.1), new EdgeFormula(0, 1, 1, catalog["exp"], 0.6, 0.5, 1.1, 0.2), new EdgeFormula(0, 2, 2, catalog["x^2"], 0.9, -0.4, 0.6, 0.3),
            new EdgeFormula(0, 0, 3, catalog["tanh"], 0.8, 0.3, 0.5, 0.1), new EdgeFormula(0, 1, 4, catalog["sin"], 0.4, -0.2, 0.5, 0.1), new EdgeFormula(0, 2, 5, catalog["exp"], 0.7, 0.1, 0.2, -0.3),
            new EdgeFormula(0, 1, 5, catalog["x^2"], 0.7, 0.1, 0.2, -0.3),
            new EdgeFormula(1, 0, 0, catalog["sin"], 0.7, 0.1, 1.2, -0.3), new EdgeFormula(1, 1, 0, catalog["x^2"], 0.5, 0.4, 0.9, 0.1), new EdgeFormula(1, 2, 1, catalog["tanh"], 1.1, 0.2, 0.8, 0.3),
        ]);
        foreach ((int layer, int input, int output) in (IEnumerable<(int, int, int)>)[.. from i in Enumerable.Range(0, 3) from o in Enumerable.Range(0, 6) select (0, i, o), .. from i in Enumerable.Range(0, 3) from o in Enumerable.Range(0, 2) select (1, i, o)])
        {
            if (network.Stages[layer].Symbolic!.IndexOf(input, output) < 0)
                network = network.WithoutEdge(layer, input, output);
        }

        foreach ((string path, Parameter<T> parameter) in network.Parameters().Where(entry => entry.Path.StartsWith("nodes", StringComparison.Ordinal)))
            Check.Sample<T>(parameter.Shape, path.Length, 0.5, 1.5).Span.CopyTo(parameter.Value.Span);
        NodeStage<T> stage = network.Modules().OfType<NodeStage<T>>().First(own => own.Nodes == 3);
        NodeStage<T>? last = network.Modules().OfType<NodeStage<T>>().FirstOrDefault(own => own != stage);

        (Expression x, Expression y, Expression z) = (Expression.Variable("x"), Expression.Variable("y"), Expression.Variable("z"));
        Expression[] subnodes =
        [
            Edge("sin", x, 1.3, 0.2, 0.7, -0.1), Edge("exp", y, 0.6, 0.5, 1.1, 0.2), Edge("x^2", z, 0.9, -0.4, 0.6, 0.3), Edge("tanh", x, 0.8, 0.3, 0.5, 0.1),
            Edge("sin", y, 0.4, -0.2, 0.5, 0.1), Edge("exp", z, 0.7, 0.1, 0.2, -0.3) + Edge("x^2", y, 0.7, 0.1, 0.2, -0.3),
        ];
        Expression[] scaled = [.. subnodes.Select((node, index) => Number(stage.SubnodeScale, index) * node + Number(stage.SubnodeBias, index))];
        Expression[] nodes = [scaled[0], scaled[1] * scaled[2], scaled[3] * scaled[4] * scaled[5]];
        nodes = [.. nodes.Select((node, index) => Number(stage.NodeScale, index) * node + Number(stage.NodeBias, index))];
        Expression[] outputs = [Edge("sin", nodes[0], 0.7, 0.1, 1.2, -0.3) + Edge("x^2", nodes[1], 0.5, 0.4, 0.9, 0.1), Edge("tanh", nodes[2], 1.1, 0.2, 0.8, 0.3)];
        if (last is not null)
            outputs = [.. outputs.Select((node, index) => Number(last.NodeScale, index) * (Number(last.SubnodeScale, index) * node + Number(last.SubnodeBias, index)) + Number(last.NodeBias, index))];

        Tensor<T> points = Check.Sample<T>(new Shape(4, 3), 5, -0.8, 0.8);
        foreach (JetShape shape in (JetShape[])[JetShape.Of(PartialDerivative.Of(0, 0, 1, 2), PartialDerivative.Of(1, 1, 1, 1)), JetShape.Full(3, 2), JetShape.Full(3, 1)])
            JetTruth.Near(network.Forward(Jet<T>.Seed(new Tape<T>().Constant(points), shape)), outputs, ["x", "y", "z"], points, Tolerance);

        static Expression Edge(string name, Expression x, double a, double b, double c, double d) => c * FunctionCatalog.Standard[name].Apply((a * x) + b) + d;

        static Expression Number(Parameter<T> parameter, int index) => double.CreateTruncating(parameter.Value[index]);
    }

    [Fact]
    public void PeriodicVariables()
    {
        var inputs = new PeriodicInputs<T>([(-1, 1), null, (0, 0.5)]);
        Assert.Equal((3, 5), (inputs.Features, inputs.Outputs));
        JetTruth.Holds<T>(inputs.Forward, ["cos(pi*(x + 1))", "sin(pi*(x + 1))", "y", "cos(4*pi*z)", "sin(4*pi*z)"], Check.Sample<T>(new Shape(4, 3)), JetShape.Full(3, 3), typeof(T) == typeof(float) ? 1e-4 : 0);
        Tensor<T> points = Check.Sample<T>(new Shape(4, 3));
        Check.Close<T>(Check.Doubles(inputs.Forward(new Tape<T>().Constant(points)).Values), inputs.Predict(points).Span);
        Assert.Throws<ArgumentException>(() => new PeriodicInputs<T>([(1, 1)]));
        Assert.Throws<ArgumentException>(() => new PeriodicInputs<T>([]));
        Assert.Throws<ArgumentException>(() => inputs.Forward(new Tape<T>().Constant(Check.Sample<T>(new Shape(4, 2)))));
    }

    [Fact]
    public void MixedNetworksAndTheirGradients()
    {
        if (typeof(T) == typeof(float))
            return;
        KanNetwork<double> network = MixedNetworks.Create<double>();
        JetShape shape = JetShape.Of(PartialDerivative.Of(0, 1), PartialDerivative.Of(2, 2));
        Check.Passed(GradientCheck.RunJet(network.Forward, MixedNetworks.Inputs<double>(2, 3), shape, network.Parameters(), new GradientCheckOptions { Tolerance = 1e-5 }));
    }
}
