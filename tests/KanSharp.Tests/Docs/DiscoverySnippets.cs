using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/discovery.md.</summary>
public sealed class DiscoverySnippets : SnippetTestBase
{
    [Fact]
    public void Discover()
    {
        // begin snippet: discover
        Dataset<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 0);
        DiscoveryResult found = FormulaDiscovery.Discover(data);
        foreach (FormulaCandidate candidate in found.Hall.Pareto)
            Console.WriteLine($"{candidate.Complexity,3}  {candidate.Rmse:E1}  {candidate.Formula}");
        Expression formula = found.Pick.Formula;                // exp(sin(pi*x1) + x2^2)
        string latex = formula.Print(ExpressionFormat.Latex);
        // end snippet
        Assert.InRange(found.Rmse, 0, 1e-10);
        Assert.Contains("x_{1}", latex, StringComparison.Ordinal);
        Assert.Contains("exp(", Printed, StringComparison.Ordinal);
    }

    [Fact]
    public void StepByStep()
    {
        // begin snippet: steps
        TrainingData<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 0).Split(validation: 0.2);
        KanLinearOptions layer = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 5 } };
        KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], layer, seed: 1);

        KanNetwork<double> sparse = Sparsifier.Fit(network, data).Network;                 // L1 and entropy, growing
        PruneResult<double> pruned = Pruner.Prune(sparse, data.Inputs);                    // new network and a report
        var fit = new FitOptions { Optimizer = new LevenbergMarquardt(), GridSchedule = new GridSchedule(5, 10, 20) { EpochsPerStage = 30 } };
        var refined = (KanNetwork<double>)Trainer.Fit(pruned.Network, data, fit).Module;
        SymbolicSearchResult symbolic = SymbolicSearch.Run(refined, data);                  // formulas, checked end to end
        // end snippet
        Assert.True(pruned.Report.RemovedNodes.Count > 0);
        Assert.InRange(symbolic.Hall.Pick!.Rmse, 0, 1e-2);
    }

    [Fact]
    public void Attribute()
    {
        // begin snippet: attribution
        TrainingData<double> data = Dataset.Sample((x, y) => Math.Sin(x) + y * y, samples: 500, seed: 0);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1, 1], KanLinearOptions.SplinesOnly, seed: 0);
        Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 20 });
        AttributionResult scores = Attribution.Compute(network, data.Inputs);
        Tensor<double> slopes = network.InputGradient(data.Inputs);                        // [500, 1, 2]
        EdgeCurve curve = EdgeCurves.AtSamples(network, new EdgeAddress(0, 1, 0), data.Inputs); // layer, input, output
        EdgeFit edge = EdgeFitter.Fit([.. curve.X], [.. curve.Y]);                         // ranked functions, and why others were rejected
        // end snippet
        Assert.Equal(2, scores.Features.Count);
        Assert.Equal(new Shape(500, 1, 2), slopes.Shape);
        Assert.Equal("x^2", edge.Best!.Function.Name);
    }
}
