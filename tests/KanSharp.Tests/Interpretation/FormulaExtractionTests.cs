using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

public sealed class FormulaExtractionTests
{
    private static readonly string[] Shapes = ["2,1,1", "3,[2,x2,x3],2", "2,[0,3x4],1", "4,[1,x2],[2,x3],1", "1,3,[0,x2],2", "3,[2,1],[0,x2,x3],[1,x2],1"];
    private static readonly string[] Functions = ["x", "x^2", "x^3", "sin", "cos", "tanh", "gaussian", "arctan", "sigmoid", "softplus", "erf", "J0", "exp", "1/(1+x^2)", "sinc", "abs"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 36)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void FormulaAndNetworkAgree(int seed)
    {
        var random = new SplitRandom((ulong)seed);
        KanNetwork<double> network = Random(random, Shapes[seed % Shapes.Length]);
        int features = network.Features;
        if (seed % 3 == 0 && features > 1)
            network = network.WithInputs([.. Enumerable.Range(0, features).Reverse().Skip(1)]);
        var x = new Tensor<double>(new Shape(40, network.Features));
        random.FillUniform(x.Span, -1.0, 1.0);
        Tensor<double> expected = network.Predict(x);
        foreach (bool simplify in (bool[])[false, true])
        {
            IReadOnlyList<Expression> formulas = FormulaExtraction.Extract(network, simplify: simplify);
            Assert.Equal(network.Widths[^1], formulas.Count);
            string[] names = [.. Enumerable.Range(1, network.Features).Select(column => $"x{column}")];
            for (int output = 0; output < formulas.Count; output++)
            {
                double[] y = formulas[output].Compile(names).Evaluate(x.Span);
                for (int row = 0; row < y.Length; row++)
                {
                    double value = expected[row, output];
                    Assert.True(Math.Abs(y[row] - value) <= 1e-10 * (1 + Math.Abs(value)), $"{network.Shape}, output {output}: formula {y[row]:R}, network {value:R}");
                }
            }
        }
    }

    [Fact]
    public void ALiveNumericEdgeIsNamed()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], seed: 1).WithSymbolicEdge(0, 0, 0, FunctionCatalog.Standard["sin"]);
        string message = Assert.Throws<InvalidOperationException>(() => FormulaExtraction.Extract(network)).Message;
        Assert.Contains("(0, 1, 0)", message);
        Assert.Equal("sin(x1)", FormulaExtraction.Extract(network.WithoutEdge(0, 1, 0))[0].ToString());
    }

    [Fact]
    public void NamesAndScalingsAreComposed()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], seed: 1).WithSymbolicEdges(
            [new EdgeFormula(0, 0, 0, FunctionCatalog.Standard["x"], C: 3), new EdgeFormula(0, 1, 0, FunctionCatalog.Standard["x^2"])]);
        var inputs = new LinearScaling([10, 0], [2, 0.5]);
        var target = new LinearScaling([100], [4]);
        Expression formula = FormulaExtraction.Extract(network, inputs, target, ["mass", "speed"])[0];
        Assert.Equal(["mass", "speed"], formula.Variables);
        foreach ((double mass, double speed) in ((double, double)[])[(12, 0.5), (3, -2), (10, 0)])
            Assert.Equal(100 + 4 * (3 * (mass - 10) / 2 + 4 * speed * speed), formula.Evaluate(mass, speed), 1e-11);
        Assert.Throws<ArgumentException>("inputScaling", () => FormulaExtraction.Extract(network, target, target));
        Assert.Throws<ArgumentException>("names", () => FormulaExtraction.Extract(network, ["a"]));
        Assert.Throws<ArgumentException>("names", () => FormulaExtraction.Extract(network, ["a", "a"]));
    }

    [Fact]
    public void AModelOfTablesGivesItsFormulaInTheNamesOfItsColumns()
    {
        Table table = Csv.Read(new StringReader("a,b,y\n1,2,3\n2,5,7\n4,1,8\n3,3,1.5\n"));
        TableEncoding encoding = TableEncoding.Fit(table, ["y"]);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], seed: 1).WithSymbolicEdges(
            [new EdgeFormula(0, 0, 0, FunctionCatalog.Standard["sin"], 1.2), new EdgeFormula(0, 1, 0, FunctionCatalog.Standard["exp"], 0.7)]);
        double[] features = encoding.EncodeFeatures<double>(table, out _);
        var model = new TabularModel<double>(network, encoding, LinearScaling.Standard(features, 2), new LinearScaling([2], [3]));
        double[] y = FormulaExtraction.Extract(model)[0].Compile(["a", "b"]).Evaluate(features);
        double[] expected = model.Predict(features);
        for (int row = 0; row < y.Length; row++)
            Assert.Equal(expected[row], y[row], 1e-10);
    }

    private static KanNetwork<double> Random(SplitRandom random, string shape)
    {
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse(shape), new KanLinearOptions { Mask = true }, random.NextUInt64(), trainNodes: random.NextInt(2) == 0);
        var edges = new List<EdgeFormula>();
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            KanStage<double> stage = network.Stages[layer];
            for (int input = 0; input < stage.Inputs; input++)
            {
                for (int output = 0; output < stage.Subnodes; output++)
                {
                    if (random.NextInt(5) == 0)
                        network = network.WithoutEdge(layer, input, output);
                    else
                        edges.Add(new EdgeFormula(layer, input, output, FunctionCatalog.Standard[Functions[random.NextInt(Functions.Length)]],
                            Draw(random), Draw(random), Draw(random), Draw(random)));
                }
            }
        }

        network = network.WithSymbolicEdges(edges);
        foreach ((string path, Parameter<double> parameter) in network.Parameters())
        {
            for (int index = 0; path.StartsWith("nodes", StringComparison.Ordinal) && index < parameter.Value.Span.Length; index++)
                parameter.Value.Span[index] = Draw(random);
        }

        return network;
    }

    private static double Draw(SplitRandom random) => (random.NextInt(6) == 0 ? random.NextInt(3) - 1 : random.NextDouble() * 2 - 1) * 0.8;
}
