using KanSharp.Autodiff;
using KanSharp.Interchange;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

public class PrunerTests
{
    [Fact]
    public void NodesAndEdgesOfLowScoreGo()
    {
        // node 1 leads nowhere; edge (0, 1, 0) is weak
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1, 1, 1 }, { 0.01, 1, 1 } }, new double[,] { { 1 }, { 0.001 }, { 1 } });
        Tensor<double> x = Nets.Corners(2);
        (KanNetwork<double> pruned, PruneReport report) = Pruner.Prune(network, x, null, ("corners", Data(network, x)));
        Assert.Equal([2, 2, 1], pruned.Widths);
        Assert.Equal([new NodeAddress(1, 1)], report.RemovedNodes.Select(part => part.Address));
        Assert.StartsWith("score 0.0006", Assert.Single(report.RemovedNodes).Why, StringComparison.Ordinal);
        Assert.Equal([new NodeAddress(1, 0), new NodeAddress(1, 2)], report.KeptNodes.Select(part => part.Address));
        Assert.Equal(
            [new EdgeAddress(0, 0, 1), new EdgeAddress(0, 1, 0), new EdgeAddress(0, 1, 1), new EdgeAddress(1, 1, 0)],
            report.RemovedEdges.Select(part => part.Address));
        Assert.Equal(5, report.KeptEdges.Count);
        Assert.Equal([2, 3, 1], report.WidthsBefore);
        Assert.Equal([2, 2, 1], report.WidthsAfter);
        NamedError error = Assert.Single(report.Errors);
        Assert.Equal(("corners", "rmse"), (error.Data, error.Measure));
        Assert.Equal(0, error.Before, 1e-12);

        // what is missing is 0.011·x2 + 0.001·x1
        Assert.Equal(Math.Sqrt(0.011 * 0.011 + 0.001 * 0.001), error.After, 1e-12);
        Assert.Equal(0.012, report.LargestChange, 1e-12);
        Assert.Contains("[2, 3, 1] -> [2, 2, 1], edges 9 -> 5", report.ToString(), StringComparison.Ordinal);
        Assert.Equal([2, 3, 1], network.Widths);
    }

    [Fact]
    public void ADryRunChangesNothing()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1, 1 }, { 1, 1 } }, new double[,] { { 1 }, { 0.001 } });
        Tensor<double> x = Nets.Corners(2);
        double[] before = network.Predict(x).Span.ToArray();
        PruneResult<double> dry = Pruner.Prune(network, x, new PruneOptions { DryRun = true }, ("corners", Data(network, x)));
        Assert.Same(network, dry.Network);
        Assert.True(dry.Report.DryRun);
        Assert.Equal(before, network.Predict(x).Span.ToArray());
        PruneReport real = Pruner.Prune(network, x, null, ("corners", Data(network, x))).Report;
        Assert.Equal(real.RemovedEdges, dry.Report.RemovedEdges);
        Assert.Equal(real.Errors, dry.Report.Errors);
        Assert.Equal([2, 1, 1], dry.Report.WidthsAfter);
        Assert.StartsWith("would go", dry.Report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNodesWithoutInputsContributeBecomesABias()
    {
        KanNetwork<double> network = Nets.Rich();
        Tensor<double> x = Nets.Uniform(50, 4);

        // all edges into node 0 of level 1: it is a constant then, and goes; all edges out of node 1: it is of no use
        EdgeAddress[] edges = [.. Enumerable.Range(0, 3).Select(input => new EdgeAddress(0, input, 0)), .. Enumerable.Range(0, 4).Select(output => new EdgeAddress(1, 1, output))];
        KanNetwork<double> off = network;
        foreach (EdgeAddress edge in edges)
            off = off.WithoutEdge(edge.Layer, edge.Input, edge.Output);
        PruneResult<double> pruned = Pruner.RemoveEdges(network, edges);
        Assert.Equal("3,[1,x2,x3],[2,1],2", pruned.Network.Shape.ToString());
        Assert.True(Nets.Difference(off, pruned.Network, x) < 1e-12);
        Assert.Equal([new NodeAddress(1, 0), new NodeAddress(1, 1)], pruned.Report.RemovedNodes.Select(part => part.Address));
        Assert.All(pruned.Report.RemovedNodes, part => Assert.Equal("dangling", part.Why));
        Assert.Equal([3, 0, 2], pruned.Network.InputSelection);
    }

    [Fact]
    public void MeansOfRemovedEdgesStay()
    {
        KanNetwork<double> network = Nets.Rich();
        Tensor<double> x = Nets.Uniform(200, 4);

        // an edge of the last layer: only its output's mean can tell
        var edge = new EdgeAddress(2, 0, 1);
        KanNetwork<double> kept = Pruner.RemoveEdges(network, [edge], x).Network;
        Assert.Equal(Mean(network.Predict(x)), Mean(kept.Predict(x)), 1e-10);
        Assert.NotEqual(Mean(network.Predict(x)), Mean(Pruner.RemoveEdges(network, [edge]).Network.Predict(x)), 1e-3);

        // an edge that is constant goes without harm, whatever its value
        KanNetwork<double> linear = Nets.Linear(new double[,] { { 1, 1 }, { 2, 1 } }, new double[,] { { 1 }, { 1 } });
        Tensor<double> fixedInput = Nets.Corners(2);
        for (int row = 0; row < 4; row++)
            fixedInput[row, 1] = 3;
        PruneResult<double> pruned = Pruner.Prune(linear, fixedInput);
        Assert.Equal(2, pruned.Report.RemovedEdges.Count);
        Assert.True(pruned.Report.LargestChange < 1e-12);
        Assert.True(Nets.Difference(linear, pruned.Network, fixedInput) < 1e-12);
    }

    [Fact]
    public void AProductWithAFactorOfZeroIsAConstant()
    {
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("2,[1,1],1"), seed: 3);
        Tensor<double> x = Nets.Uniform(20, 2);
        KanNetwork<double> off = network.WithoutEdge(0, 0, 1).WithoutEdge(0, 1, 1);
        PruneResult<double> pruned = Pruner.RemoveEdges(network, [new EdgeAddress(0, 0, 1), new EdgeAddress(0, 1, 1)]);
        Assert.Equal("2,1,1", pruned.Network.Shape.ToString());
        Assert.True(Nets.Difference(off, pruned.Network, x) < 1e-12);

        // a factor that is constant but not 0 leaves the product alive
        NodeStage<double> nodes = new(1, [2]);
        nodes.SubnodeBias.Value[1] = 0.5;
        KanNetwork<double> half = network.WithNodeStage(0, nodes);
        PruneResult<double> alive = Pruner.RemoveEdges(half, [new EdgeAddress(0, 0, 1), new EdgeAddress(0, 1, 1)]);
        Assert.Equal("2,[1,1],1", alive.Network.Shape.ToString());
        Assert.Empty(alive.Report.RemovedNodes);
    }

    [Fact]
    public void ProductNodesGoWithAllTheirFactors()
    {
        KanNetwork<double> network = Nets.Rich();
        PruneResult<double> pruned = Pruner.RemoveNodes(network, [new NodeAddress(1, 3), new NodeAddress(2, 0)], Nets.Uniform(100, 4));
        Assert.Equal("3,[3,x3],[1,1],2", pruned.Network.Shape.ToString());
        Assert.Equal(6, pruned.Network.Layers[0].Outputs);
        Assert.Equal("x^2", Assert.Single(pruned.Network.Stages[0].Symbolic!.Edges, edge => edge.Output == 5).Function.Name);
        Assert.Equal(["named", "named"], pruned.Report.RemovedNodes.Select(part => part.Why));
    }

    [Fact]
    public void ALayerIsNeverEmptied()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1, 2 }, { 1, 2 } }, new double[,] { { 1 }, { 3 } });
        Tensor<double> x = Nets.Corners(2);
        PruneResult<double> all = Pruner.Prune(network, x, new PruneOptions { NodeThreshold = 100, EdgeThreshold = 100 });
        Assert.Equal([2, 1, 1], all.Network.Widths);
        Assert.Equal(2, all.Report.KeptEdges.Count);
        Assert.Equal(2, all.Report.Notes.Count);
        Assert.Contains("never emptied", all.Report.Notes[0], StringComparison.Ordinal);
        Assert.Contains("(0, 0, 1) (1, 1, 0)", all.Report.Notes[1], StringComparison.Ordinal);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Pruner.RemoveEdges(network, [new EdgeAddress(1, 0, 0), new EdgeAddress(1, 1, 0)]));
        Assert.Contains("Keep at least one path", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Pruner.RemoveNodes(network, [new NodeAddress(1, 0), new NodeAddress(1, 1)]));
        Assert.Throws<ArgumentException>(() => Pruner.RemoveInputs(network, [0, 1]));
    }

    [Fact]
    public void PartsCanBeKeptByCount()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1, 2, 3 }, { 1, 2, 3.5 }, { 1, 2, 2 } }, new double[,] { { 1 }, { 2 }, { 3 } });
        Tensor<double> x = Nets.Corners(3);
        PruneResult<double> pruned = Pruner.Prune(network, x, new PruneOptions { KeepNodes = 2, KeepInputs = 2 });
        Assert.Equal([2, 2, 1], pruned.Network.Widths);
        Assert.Equal([0, 1], pruned.Network.InputSelection);
        Assert.Equal([new NodeAddress(0, 2)], pruned.Report.RemovedInputs.Select(part => part.Address));
        Assert.Equal(3, pruned.Network.Features);
        Assert.Equal(4, Pruner.Prune(network, x, new PruneOptions { NodeThreshold = null, KeepEdges = 4 }).Report.KeptEdges.Count);
        PruneOptions magnitude = new() { Measure = PruneMeasure.Magnitude, NodeThreshold = 1.5, EdgeThreshold = 2.5 };
        PruneReport report = Pruner.Prune(network, x, magnitude).Report;
        Assert.Equal([0], report.RemovedNodes.Where(part => part.Why.StartsWith("score", StringComparison.Ordinal)).Select(part => part.Address.Node));
        Assert.Equal([2], report.KeptNodes.Select(part => part.Address.Node));
    }

    [Fact]
    public void TheLastPathStaysWhateverTheCount()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1, 2 }, { 1, 2 } }, new double[,] { { 1 }, { 3 } }, new double[,] { { 1 } });
        PruneReport report = Pruner.Prune(network, Nets.Corners(2), new PruneOptions { KeepEdges = 1 }).Report;
        Assert.Equal(3, report.KeptEdges.Count);
        Assert.Contains("3 edges stay instead of 1", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void SinglePrecisionDoesTheSame()
    {
        KanNetwork<float> network = KanNetwork<float>.Create(NetworkShape.Parse("3,[2,1],1"), seed: 4);
        Tensor<float> x = Nets.Uniform(100, 3).Cast<float>();
        PruneResult<float> pruned = Pruner.Prune(network, x, new PruneOptions { KeepEdges = 8, KeepInputs = 2 });
        Assert.True(pruned.Report.KeptEdges.Count <= 8);
        Assert.Equal(2, pruned.Network.InputSelection.Count);
        Assert.True(pruned.Report.LargestChange > 0);
        AttributionResult scores = Attribution.Compute(pruned.Network, x);
        Assert.Equal(1, scores.Nodes[^1][0]);
        KanNetwork<float> wider = Restructuring.ExpandWidth(pruned.Network, 1, 1, 3).Network;
        Assert.Equal(pruned.Network.Predict(x).Span.ToArray(), wider.Predict(x).Span.ToArray());
    }

    [Fact]
    public void TheChoiceOfInputsSurvivesLaterStepsAndTheFile()
    {
        KanNetwork<double> network = Nets.Lively(4, 3, 2, 1);
        Tensor<double> x = Nets.Uniform(100, 4);
        KanNetwork<double> some = Pruner.RemoveInputs(network, [1], x).Network;
        Assert.Equal([0, 2, 3], some.InputSelection);
        KanNetwork<double> fewer = Pruner.RemoveInputs(some, [2], x).Network;
        Assert.Equal([0, 3], fewer.InputSelection);
        KanNetwork<double> later = Pruner.Prune(fewer.Refine(8).Network.Clone(), x, new PruneOptions { NodeThreshold = null, EdgeThreshold = 0.05 }).Network;
        later = Restructuring.ExpandWidth(later, 1, 2).Network;
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        ModelFile.Save(path, later);
        KanNetwork<double> loaded = ModelFile.LoadKan<double>(path);
        File.Delete(path);
        Assert.Equal([0, 3], loaded.InputSelection);
        Assert.Equal(4, loaded.Features);
        Assert.Equal(0, Nets.Difference(later, loaded, x));
        Assert.Contains("[0, 3]", Assert.Throws<ArgumentException>(() => Pruner.RemoveInputs(loaded, [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnusedInputsGoIfAskedFor()
    {
        KanNetwork<double> network = Nets.Linear(new double[,] { { 1, 1 }, { 0, 0 } }, new double[,] { { 1 }, { 1 } });
        Tensor<double> x = Nets.Corners(2);
        Assert.Equal([2, 2, 1], Pruner.Prune(network, x).Network.Widths);
        PruneResult<double> dropped = Pruner.Prune(network, x, new PruneOptions { DropUnusedInputs = true });
        Assert.Equal([1, 2, 1], dropped.Network.Widths);
        Assert.Equal("no edge left", Assert.Single(dropped.Report.RemovedInputs).Why);
        Assert.True(Nets.Difference(network, dropped.Network, x) < 1e-12);
    }

    [Fact]
    public void MisuseSaysWhatIsAllowed()
    {
        KanNetwork<double> network = Nets.Lively(2, 3, 1);
        Assert.Contains("KeepEdges is at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new PruneOptions { KeepEdges = 0 }).Message, StringComparison.Ordinal);
        Assert.Contains("outputs 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.RemoveEdges(network, [new EdgeAddress(0, 1, 3)])).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.RemoveNodes(network, [new NodeAddress(0, 1)])).Message, StringComparison.Ordinal);
        Assert.Contains("no input", Assert.Throws<ArgumentException>(() => Pruner.RemoveInputs(network, [2])).Message, StringComparison.Ordinal);
    }

    /// <summary>Mean of the second of two outputs.</summary>
    private static double Mean(Tensor<double> y) => Enumerable.Range(0, y.Shape[0]).Average(row => y[row, 1]);

    private static TrainingData<double> Data(KanNetwork<double> network, Tensor<double> x) => new(x, network.Predict(x));
}
