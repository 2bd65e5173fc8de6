using KanSharp.Autodiff;
using KanSharp.Data.Images;
using KanSharp.Interchange.TensorBoard;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Tests.Cli;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange.TensorBoard;

/// <summary>What a training run leaves in an event file.</summary>
public sealed class TensorBoardRecorderTests
{
    [Fact]
    public void Every_epoch_has_its_scalars_and_some_have_histograms()
    {
        using var folder = new CliFolder();
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], seed: 1);
        TrainingData<double> data = Data();
        FitResult<double> result;
        string path;
        using (var writer = new TensorBoardWriter(folder.Path))
        {
            var recorder = new TensorBoardRecorder<double>(writer, ["mae"]) { HistogramEvery = 3 };
            var hooks = new FitHooks<double> { EpochCompleted = recorder.Record, Metrics = [Mae(), Mae()] };
            result = Trainer.Fit(network, data, new FitOptions { Epochs = 7, Lambda = 1e-4, Schedule = new CosineSchedule() }, hooks: hooks);
            recorder.AddPicture("network", NetworkPictures.Diagram(network).Draw(), 7);
            path = writer.Path;
        }

        List<EventFile.Entry> entries = EventFile.Read(path);
        Same(result.History.Select(epoch => epoch.TrainingLoss), Curve(entries, "loss/training"));
        Same(result.History.Select(epoch => epoch.ValidationLoss!.Value), Curve(entries, "loss/validation"));
        Same(result.History.Select(epoch => epoch.Penalty), Curve(entries, "loss/penalty"));
        Same(result.History.Select(epoch => epoch.LearningRate), Curve(entries, "learning_rate"));
        Same(result.History.Select(epoch => epoch.Metrics[0]), Curve(entries, "metrics/mae"));
        Same(result.History.Select(epoch => epoch.Metrics[1]), Curve(entries, "metrics/2"));
        foreach ((string name, Parameter<double> parameter) in network.Parameters())
        {
            EventFile.Entry[] histograms = [.. entries.Where(entry => entry.Tag == $"parameters/{name}")];
            Assert.Equal([1, 4, 7], histograms.Select(entry => entry.Step));
            Assert.All(histograms, entry => Assert.Equal(parameter.Shape.Count, new WireFields(entry.Value.Bytes(5)).Double(3)));
        }

        var picture = new WireFields(entries.Single(entry => entry.Tag == "network").Value.Bytes(4));
        Assert.Equal((picture.Number(1), picture.Number(2)), (Png.Parse(picture.Bytes(4)).Height, Png.Parse(picture.Bytes(4)).Width));
    }

    [Fact]
    public void Stages_of_grids_are_numbered_through_and_the_hook_sees_what_the_history_says()
    {
        var told = new List<EpochRecord>();
        var widths = new List<int>();
        var hooks = new FitHooks<double>
        {
            EpochCompleted = (epoch, module) =>
            {
                told.Add(epoch);
                widths.Add(((KanNetwork<double>)module).Layers[0].Options.Spline.Intervals);
            },
        };
        var options = new FitOptions { Epochs = 6, GridSchedule = new GridSchedule(3, 5) };
        FitResult<double> result = Trainer.Fit(KanNetwork<double>.Create([2, 2, 1], seed: 2), Data(), options, hooks: hooks);
        Assert.Equal(result.History.Select(epoch => (epoch.Epoch, epoch.TrainingLoss, epoch.Intervals, epoch.Seconds)), told.Select(epoch => (epoch.Epoch, epoch.TrainingLoss, epoch.Intervals, epoch.Seconds)));
        Assert.Equal(result.History.Select(epoch => epoch.Intervals!.Value), widths);
        Assert.True(result.Stages.Count == 2 && told.Count == 6);
    }

    [Fact]
    public void The_hook_changes_nothing_of_the_training()
    {
        FitResult<double> plain = Trainer.Fit(KanNetwork<double>.Create([2, 2, 1], seed: 2), Data(), new FitOptions { Epochs = 4, AverageDecay = 0.5 });
        FitResult<double> told = Trainer.Fit(
            KanNetwork<double>.Create([2, 2, 1], seed: 2), Data(), new FitOptions { Epochs = 4, AverageDecay = 0.5 }, hooks: new FitHooks<double> { EpochCompleted = (_, _) => { } });
        Assert.Equal(plain.Module.Parameters().SelectMany(entry => entry.Parameter.Value.Span.ToArray()), told.Module.Parameters().SelectMany(entry => entry.Parameter.Value.Span.ToArray()));
    }

    private static Metric<double> Mae() => new("mae", (outputs, samples) =>
        Enumerable.Range(0, outputs.Shape.Count).Average(i => Math.Abs(outputs.Span[i] - samples.Targets!.Span[i])));

    private static TrainingData<double> Data()
    {
        Tensor<double> Inputs(int rows, double phase) => new(new Shape(rows, 2), [.. Enumerable.Range(0, rows * 2).Select(i => Math.Sin((i * 1.3) + phase))]);
        Tensor<double> Targets(Tensor<double> x) => new(new Shape(x.Shape.Rows, 1), [.. Enumerable.Range(0, x.Shape.Rows).Select(row => (x[row, 0] * x[row, 1]) + x[row, 0])]);
        Tensor<double> train = Inputs(120, 0), held = Inputs(40, 0.4);
        return new TrainingData<double>(train, Targets(train)) { Validation = new TrainingData<double>(held, Targets(held)) };
    }

    private static void Same(IEnumerable<double> expected, IEnumerable<float> actual) => Assert.Equal(expected.Select(value => (float)value), actual);

    private static IEnumerable<float> Curve(List<EventFile.Entry> entries, string tag)
    {
        EventFile.Entry[] points = [.. entries.Where(entry => entry.Tag == tag)];
        Assert.Equal(Enumerable.Range(1, points.Length).Select(epoch => (long)epoch), points.Select(entry => entry.Step));
        return points.Select(entry => entry.Value.Single(2));
    }
}
