using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Tests.Training;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kansharp").FullName;

    private string FilePath => Path.Combine(_folder, "run.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("adamw")]
    [InlineData("lbfgs")]
    [InlineData("sgd")]
    public void A_run_resumed_from_a_file_is_the_uninterrupted_one(string optimizer)
    {
        Check<float>(optimizer);
        Check<double>(optimizer);
    }

    private void Check<T>(string optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        File.Delete(FilePath);
        TrainingData<T> data = TrainingSamples.With(TrainingSamples.Wave<T>(60), TrainingSamples.Wave<T>(20, 4));
        var options = new FitOptions
        {
            Optimizer = OptimizerOptions.Parse(optimizer),
            Epochs = 6,
            BatchSize = 16,
            AverageDecay = 0.9,
            Lambda = 1e-4,
            GridUpdates = new GridUpdateSchedule { Every = 2 },
        };
        var odd = new Metric<T>("odd", (_, _) => double.NaN);
        KanNetwork<T> straight = Network<T>(0);
        FitResult<T> expected = Trainer.Fit(straight, data, options, hooks: new FitHooks<T> { Metrics = [odd] });
        var store = new CheckpointFile<T>(FilePath) { Texts = new Dictionary<string, string> { ["command"] = "kan fit" } };
        Assert.Null(store.Load());
        Trainer.Fit(Network<T>(0), data, options with { Epochs = 3 }, hooks: new FitHooks<T> { Metrics = [odd], Checkpoints = store });
        KanNetwork<T> second = Network<T>(9);
        FitResult<T> actual = Trainer.Fit(second, data, options, hooks: new FitHooks<T> { Metrics = [odd], Resume = new CheckpointFile<T>(FilePath).Load() });
        foreach (((string path, Parameter<T> left), (_, Parameter<T> right)) in straight.Parameters().Zip(second.Parameters()))
            Assert.True(left.Value.Span.SequenceEqual(right.Value.Span), path);
        Assert.Equal(expected.BestLoss, actual.BestLoss);
        Assert.Equal(expected.History.Select(record => record.TrainingLoss), actual.History.Select(record => record.TrainingLoss));
        Assert.All(actual.History, record => Assert.True(double.IsNaN(record.Metrics[0])));
        Assert.Equal("kan fit", SafetensorsFile.Read(FilePath).Metadata["command"]);
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_same_state_gives_the_same_bytes()
    {
        var store = new CheckpointFile<float>(FilePath);
        Trainer.Fit(Network<float>(0), TrainingSamples.Wave<float>(20), new FitOptions { Epochs = 2 }, hooks: new FitHooks<float> { Checkpoints = store });
        byte[] first = File.ReadAllBytes(FilePath);
        store.Save(store.Load()!);
        Assert.Equal(first, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Damage_and_other_files_are_named()
    {
        new CheckpointFile<float>(FilePath).Save(Some());
        Assert.Contains("Float32", Assert.Throws<ModelFileException>(() => new CheckpointFile<double>(FilePath).Load()).Message);
        byte[] bytes = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, bytes[..^5]);
        Assert.Throws<ModelFileException>(() => new CheckpointFile<float>(FilePath).Load());
        new SafetensorsFile([]).Save(FilePath);
        Assert.Contains("no checkpoint", Assert.Throws<ModelFileException>(() => new CheckpointFile<float>(FilePath).Load()).Message);
        foreach (string text in (string[])["", "[]", "{}", "{\"version\":2}", "{\"version\":1,\"counters\":{\"a\":1.5}}", "{\"version\":1,\"counters\":{},\"numbers\":{\"a\":\"x\"}}"])
        {
            new SafetensorsFile([], new Dictionary<string, string> { ["kansharp.checkpoint"] = text }).Save(FilePath);
            Assert.Throws<ModelFileException>(() => new CheckpointFile<float>(FilePath).Load());
        }
    }

    private static TrainingCheckpoint<float> Some()
    {
        var store = new MemoryStore<float>();
        Trainer.Fit(Network<float>(0), TrainingSamples.Wave<float>(20), new FitOptions { Epochs = 1 }, hooks: new FitHooks<float> { Checkpoints = store });
        return store.Load()!;
    }

    private static KanNetwork<T> Network<T>(ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        KanNetwork<T>.Create([2, 3, 1], new BSplineOptions { Intervals = 3 }, seed);
}
