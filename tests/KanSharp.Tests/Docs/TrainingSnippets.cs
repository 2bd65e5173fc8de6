using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/training.md.</summary>
public sealed class TrainingSnippets : SnippetTestBase
{
    [Fact]
    public void LevenbergMarquardtOnFinerGrids()
    {
        // begin snippet: train-lm
        TrainingData<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 0);
        KanLinearOptions layer = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 2 } };
        MultiStartResult<double> result = MultiStart.Fit(
            seed => KanNetwork<double>.Create([2, 1, 1], layer, seed),
            data,
            new FitOptions
            {
                Optimizer = new LevenbergMarquardt(),
                GridSchedule = new GridSchedule(2, 5, 10, 20, 50, 100) { EpochsPerStage = 40 },
            });
        var network = (KanNetwork<double>)result.Fit.Module;
        double error = Math.Sqrt(result.Fit.BestLoss);
        // end snippet
        Assert.InRange(error, 0, 1e-7);
        TrainingData<double> test = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 1);
        Tensor<double> output = network.Predict(test.Inputs);
        double worst = 0;
        for (int row = 0; row < test.Count; row++)
            worst = Math.Max(worst, Math.Abs(output.Span[row] - test.Targets!.Span[row]));
        Assert.InRange(worst, 0, 1e-4);
    }

    [Fact]
    public void Refine()
    {
        Tensor<double> inputs = ((TrainingData<double>)Dataset.Sample((x, y) => x + y, samples: 200, seed: 2)).Inputs;
        // begin snippet: train-refine
        KanNetwork<double> coarse = KanNetwork<double>.Create([2, 3, 1], new BSplineOptions { Intervals = 4 }, seed: 1);
        RefineResult<double> finer = coarse.Refine(8);
        RefineResult<double> placed = coarse.Refine(8, inputs, new RefineOptions { Placement = KnotPlacement.Curvature });
        RefineResult<double> quintic = coarse.Elevate(5);
        // end snippet
        Tensor<double> before = coarse.Predict(inputs);
        foreach ((RefineResult<double> result, double tolerance) in new[] { (finer, 1e-12), (placed, 1e-2), (quintic, 1e-12) })
        {
            Tensor<double> after = result.Network.Predict(inputs);
            for (int index = 0; index < before.Shape.Count; index++)
                Assert.Equal(before.Span[index], after.Span[index], tolerance);
        }
    }

    [Fact]
    public void Sparse()
    {
        TrainingData<double> data = Dataset.Sample((x, y) => x * y, samples: 200, seed: 3);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 1], new BSplineOptions { Intervals = 3 }, seed: 4);
        // begin snippet: train-sparse
        var sparse = new FitOptions
        {
            Optimizer = new LevenbergMarquardt(),
            Epochs = 40,
            Regularization = new Regularization { Metric = RegularizationMetric.MeanActivation, Lambda = 1e-2, Entropy = 2 },
        };
        FitResult<double> fit = Trainer.Fit(network, data, sparse);
        // end snippet
        Assert.True(fit.History[^1].Penalty < fit.History[0].Penalty);
    }
}
