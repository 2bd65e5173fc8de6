using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/newton-kaczmarz.md.</summary>
public sealed class KaczmarzSnippets : SnippetTestBase
{
    [Fact]
    public void Fit()
    {
        // begin snippet: nk-fit
        TrainingData<double> train = Dataset.Sample((x, y) => Math.Sin(3 * x) * y, samples: 5000, seed: 0);
        KanNetwork<double> network = KaczmarzStart.Balanced<double>([2, 8, 1], intervals: [4, 12], RecordStatistics.Of(train));
        FitResult<double> fit = Trainer.Fit(network, train, new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 20 });
        // end snippet
        Assert.InRange(fit.BestLoss, 0, 1e-3);
    }

    [Fact]
    public void Stream()
    {
        // begin snippet: nk-stream
        var records = new GeneratedRecords<float>(count: 200_000, inputs: 2, targets: 1, (record, x, y) =>
        {
            x[0] = record * 0.618034f % 1;
            x[1] = record * 0.754878f % 1;
            y[0] = x[0] * x[1];
        });
        KanNetwork<float> network = KaczmarzStart.Balanced<float>([2, 4, 1], [2, 8], RecordStatistics.Of(records));
        FitResult<float> fit = Trainer.Fit(network, records, new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 2 });
        // end snippet
        Assert.InRange(fit.BestLoss, 0, 1e-3);
    }
}
