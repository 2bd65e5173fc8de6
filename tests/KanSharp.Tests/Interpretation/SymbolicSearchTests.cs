using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

public sealed class SymbolicSearchTests
{
    [Fact]
    public void TheHelloNetworkBecomesItsFormula()
    {
        TrainingData<double> data = Data("exp(sin(pi*x1) + x2^2)", 2, 1000);
        KanNetwork<double> network = Trained([2, 1, 1], data, 10);
        var steps = new List<string>();
        SymbolicSearchResult result = SymbolicSearch.Run(network, data, progress: new Recorder(steps));
        FormulaCandidate pick = result.Hall.Pick!;
        Assert.True(pick.Rmse < 1e-10, $"{pick.Formula} {pick.Rmse:E2}, network {result.RmseBefore:E2}");
        Assert.Equal(0, FreeConstants.Count(pick.Formula));
        Assert.Equal(["x1", "x2"], pick.Formula.Variables);
        Assert.True(result.NetworkRmse < 1e-9, $"{result.NetworkRmse:E2}");
        Assert.Equal(3, result.Edges.Count);
        Assert.Equal("sin", result.Edges[0].Fit.Best!.Function.Name);
        Assert.NotEmpty(result.Steps);
        Assert.Contains("constants", steps);
        double[] y = FormulaExtraction.Extract(result.Network)[0].Compile(["x1", "x2"]).Evaluate(data.Inputs.Span);
        Assert.Equal(data.Targets!.Span[7], y[7], 1e-8);
    }

    [Fact]
    public void LayerByLayerWithRefitsFindsItToo()
    {
        TrainingData<double> data = Data("tanh(x1^2 - x2)", 2, 600);
        KanNetwork<double> network = Trained([2, 1, 1], data, 5);
        SymbolicSearchResult result = SymbolicSearch.Run(network, data, new SymbolicSearchOptions { Thorough = true, Combinations = 1, Names = ["a", "b"], Beam = 2 });
        Assert.True(result.Hall.Pick!.Rmse < 1e-9, $"{result.Message}");
        Assert.Contains(result.Steps, step => step.Layer == 0 && step.RmseRefitted <= step.RmseSnapped);
        Assert.Contains(result.Steps, step => step.Layer == 1);
        Assert.Equal(["a", "b"], result.Hall.Pick.Formula.Variables);
    }

    [Fact]
    public void NoiseAndValidationData()
    {
        TrainingData<double> held = Data("sin(2*x1) + x2^2", 2, 400, 0.01, 5);
        TrainingData<double> train = Data("sin(2*x1) + x2^2", 2, 800, 0.01, 4);
        var data = new TrainingData<double>(train.Inputs, train.Targets!) { Validation = held };
        SymbolicSearchResult result = SymbolicSearch.Run(Trained([2, 1], train, 5), data);
        FormulaCandidate pick = result.Hall.Pick!;
        Assert.Equal(held.Targets!.Span.Length, result.Hall.Rows);
        TrainingData<double> clean = Data("sin(2*x1) + x2^2", 2, 400, 0, 6);
        FormulaCandidate exact = FormulaCandidate.Measure(pick.Formula, ["x1", "x2"], clean.Inputs.Span, clean.Targets!.Span, "");
        Assert.True(exact.Rmse < 1e-12, $"{pick.Formula} {exact.Rmse:E2}");
    }

    [Fact]
    public void ProductNodesAndSeveralOutputs()
    {
        FunctionCatalog catalog = FunctionCatalog.Standard;
        KanNetwork<double> truth = KanNetwork<double>.Create(NetworkShape.Parse("2,[1,1],2")).WithSymbolicEdges(
        [
            new EdgeFormula(0, 0, 0, catalog["x^2"]), new EdgeFormula(0, 1, 0, catalog["sin"], 2),
            new EdgeFormula(0, 0, 1, catalog["x"], 1, 0, 1, 0.5), new EdgeFormula(0, 1, 2, catalog["exp"]),
            new EdgeFormula(1, 0, 0, catalog["x"]), new EdgeFormula(1, 1, 0, catalog["x"], C: 2), new EdgeFormula(1, 1, 1, catalog["tanh"]),
        ]).WithoutEdge(0, 1, 1).WithoutEdge(0, 0, 2).WithoutEdge(1, 0, 1);
        var inputs = new Tensor<double>(new Shape(500, 2));
        new KanSharp.Numerics.SplitRandom(3).FillUniform(inputs.Span, -1.0, 1.0);
        var data = new TrainingData<double>(inputs, truth.Predict(inputs));

        // The same network with splines on its edges.
        KanNetwork<double> numeric = truth;
        for (int layer = 0; layer < 2; layer++)
        {
            foreach (KanSharp.Layers.SymbolicEdge edge in truth.Stages[layer].Symbolic!.Edges)
                numeric = numeric.WithMode(layer, edge.Input, edge.Output, EdgeMode.Numeric);
        }

        Trainer.Fit(numeric, data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 40, BatchSize = 0 });
        SymbolicSearchResult result = SymbolicSearch.Run(numeric, data);
        Assert.Equal(2, result.Halls.Count);
        Assert.True(result.Halls[0].Pick!.R2 > 0.999, result.Message);
        Assert.True(result.Halls[1].Pick!.R2 > 0.999, result.Message);
    }

    [Fact]
    public void AnEdgeWithoutAFunctionIsNamedAndCancellationKeepsTheNetwork()
    {
        TrainingData<double> data = Data("sin(7*x1)*exp(-x1) + abs(x1 - 0.2)", 1, 300);
        KanNetwork<double> network = Trained([1, 1], data, 20);
        var options = new SymbolicSearchOptions { Edges = new EdgeFitOptions { Catalog = FunctionCatalog.Standard.Select("x", "x^2") } };
        SymbolicSearchResult result = SymbolicSearch.Run(network, data, options);
        Assert.Null(result.Hall.Pick);
        Assert.Contains("(0, 0, 0)", result.Message);
        Assert.Equal(result.RmseBefore, result.NetworkRmse);

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        SymbolicSearchResult stopped = SymbolicSearch.Run(network, data, cancellationToken: cancelled.Token);
        Assert.Equal(StopReason.Cancelled, stopped.Reason);
        Assert.Null(stopped.Hall.Pick);
        Assert.Throws<ArgumentException>("data", () => SymbolicSearch.Run(KanNetwork<double>.Create([2, 1]), data));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SymbolicSearchOptions { Beam = 0 });
    }

    [Fact]
    public void CombinationsComeInTheOrderOfTheirScore()
    {
        static EdgeCandidate Candidate(double score) => new(FunctionCatalog.Standard["x"], 1, 0, 1, 0, double.NaN, 1, 0, 1, score);
        IReadOnlyList<EdgeCandidate>[] lists = [[Candidate(0), Candidate(1), Candidate(7)], [Candidate(2), Candidate(4)], [Candidate(-3)]];
        int[][] found = [.. CandidateCombinations.Best(lists, 100)];
        Assert.Equal(6, found.Length);
        double[] scores = [.. found.Select(choice => choice.Select((index, edge) => lists[edge][index].Score).Sum())];
        Assert.Equal(scores.Order(), scores);
        Assert.Equal(6, found.Select(choice => string.Join(',', choice)).Distinct().Count());
    }

    private static TrainingData<double> Data(string formula, int inputs, int rows, double noise = 0, ulong seed = 1)
    {
        string[] names = [.. Enumerable.Range(1, inputs).Select(index => $"x{index}")];
        (double[] x, double[] y) = FormulaSamples.Of(formula, names, rows, noise, seed: seed);
        return new TrainingData<double>(new Tensor<double>(new Shape(rows, inputs), x), new Tensor<double>(new Shape(rows, 1), y));
    }

    private static KanNetwork<double> Trained(int[] widths, TrainingData<double> data, int intervals)
    {
        KanNetwork<double> network = KanNetwork<double>.Create(widths, new BSplineOptions { Intervals = intervals }, seed: 2);
        Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 60, BatchSize = 0 });
        return network;
    }

    private sealed class Recorder(List<string> steps) : IProgress<SymbolicProgress>
    {
        public void Report(SymbolicProgress value) => steps.Add(value.Step);
    }
}
