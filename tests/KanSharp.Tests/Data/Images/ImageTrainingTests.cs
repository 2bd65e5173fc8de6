using KanSharp.Bases;
using KanSharp.Data.Images;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Training;
using KanSharp.Training;

namespace KanSharp.Tests.Data.Images;

/// <summary>Training on images that are read and augmented batch by batch.</summary>
public sealed class ImageTrainingTests
{
    private static readonly ImageAugmentation Augmentation = new() { MaxShift = 1, MaxRotation = 15, Seed = 2 };
    private static readonly FitOptions Options = new() { Optimizer = new AdamW { LearningRate = 0.01 }, Epochs = 4, BatchSize = 16, Seed = 3, ProgressInterval = TimeSpan.Zero };

    [Fact]
    public void Without_augmentation_training_is_that_on_a_tensor()
    {
        ImageSet images = Stripes(90, 1);
        var source = new ImageSource<float>(images, ImageNormalization.Half, flat: true);
        var tensor = new TrainingData<float>(images.ToTensor<float>(ImageNormalization.Half).Reshape(new KanSharp.Autodiff.Shape(90, 36)), images.Labels.ToArray());
        foreach (FitOptions options in (FitOptions[])[Options, Options with { AccumulateBatches = 2, AverageDecay = 0.9 }, Options with { Optimizer = new Lbfgs { MaxIterations = 3 }, Epochs = 2 }])
        {
            TinyNet<float> one = Net(), two = Net();
            Trainer.Fit(one, TrainingData<float>.From(source), options);
            Trainer.Fit(two, tensor, options);
            Assert.Equal(two.Values(), one.Values());
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(13)]
    public void A_run_with_augmentation_that_was_interrupted_is_the_same_run(long stopAt)
    {
        TinyNet<float> straight = Net();
        FitResult<float> expected = Trainer.Fit(straight, Data(), Options);
        Assert.Equal(4, expected.History.Count);

        var store = new MemoryStore<float>();
        using var source = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.Step == stopAt)
                source.Cancel();
        });
        Trainer.Fit(Net(), Data(), Options, progress, new FitHooks<float> { Checkpoints = store }, source.Token);
        TinyNet<float> resumed = Net();
        FitResult<float> result = Trainer.Fit(resumed, Data(), Options, hooks: new FitHooks<float> { Resume = store.Load() });
        Assert.Equal(straight.Values(), resumed.Values());
        Assert.Equal(expected.History.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss)), result.History.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss)));
        ArgumentException other = Assert.Throws<ArgumentException>(() => Trainer.Fit(Net(), Data(Augmentation with { Seed = 9 }), Options, hooks: new FitHooks<float> { Resume = store.Load() }));
        Assert.Contains("seed 2", other.Message);
    }

    [Fact]
    public void Validation_sees_the_images_as_they_are()
    {
        ImageSet held = Stripes(30, 2);
        TinyNet<float> net = Net();
        var augmented = new TrainingData<float>(new ImageSource<float>(Stripes(90, 1), ImageNormalization.Half, Augmentation, flat: true), Stripes(90, 1).Labels.ToArray())
        {
            Validation = TrainingData<float>.From(new ImageSource<float>(held, ImageNormalization.Half, Augmentation, flat: true)),
        };
        FitResult<float> result = Trainer.Fit(net, augmented, Options);
        var plain = new TrainingData<float>(held.ToTensor<float>(ImageNormalization.Half).Reshape(new KanSharp.Autodiff.Shape(30, 36)), held.Labels.ToArray());
        Assert.Equal(result.BestLoss, Evaluation.Loss(net, plain), 6);
    }

    [Fact]
    public void The_number_of_threads_does_not_matter()
    {
        float[][] values = [.. new[] { 1, 3 }.Select(threads =>
        {
            using var executor = new Executor(threads);
            TinyNet<float> net = Net();
            Trainer.Fit(net, Data(), Options with { Executor = executor });
            return net.Values();
        })];
        Assert.Equal(values[0], values[1]);
    }

    [Fact]
    public void A_kan_moves_its_grids_and_learns_from_images()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([36, 3], new BSplineOptions { Intervals = 3 }, seed: 1);
        FitResult<float> result = Trainer.Fit(network, Data(), Options with { Epochs = 10, GridUpdates = new GridUpdateSchedule() });
        Assert.True(result.History[^1].TrainingLoss < 0.7 * result.History[0].TrainingLoss);
    }

    [Fact]
    public void What_needs_all_samples_in_memory_says_so()
    {
        Assert.Contains("change from epoch to epoch", Assert.Throws<ArgumentException>(() => Trainer.Fit(Net(), Data(), Options with { Optimizer = new Lbfgs() })).Message);
        Assert.Contains("not in memory", Assert.Throws<ArgumentException>(() => Data().Inputs).Message);
        KanNetwork<float> network = KanNetwork<float>.Create([36, 3], seed: 1);
        var values = new TrainingData<float>(new ImageSource<float>(Stripes(90, 1), flat: true), new KanSharp.Autodiff.Tensor<float>(new KanSharp.Autodiff.Shape(90, 3)));
        foreach (FitOptions options in (FitOptions[])[new() { Optimizer = new LevenbergMarquardt() }, new() { Optimizer = new NewtonKaczmarz() }, new() { GridSchedule = new GridSchedule([3, 5]) }])
            Assert.Contains("not in memory", Assert.Throws<ArgumentException>(() => Trainer.Fit(network, values, options)).Message);
    }

    [Fact]
    public void A_step_in_steady_state_allocates_next_to_nothing()
    {
        using var executor = new Executor(1);
        var run = new TrainingRun<float>(Net(), Data(), Options with { BatchSize = 2, Executor = executor }, new FitHooks<float>(), null, default);
        run.BeginEpoch();
        for (int step = 0; step < 3; step++)
            Assert.Null(run.Step());
        Assert.Equal(0, SteadyState.AllocatedBytes(() => run.Step()));
    }

    /// <summary>Rows, columns or a diagonal of light pixels with noise: three classes that small turns and shifts leave as they are.</summary>
    internal static ImageSet Stripes(int count, ulong seed)
    {
        var random = new SplitRandom(seed);
        var pixels = new byte[count * 36];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x, int label) = (i / 6 % 6, i % 6, i / 36 % 3);
            bool light = label switch { 0 => y % 3 == 0, 1 => x % 3 == 0, _ => (x + y) % 3 == 0 };
            pixels[i] = (byte)(random.NextInt(60) + (light ? 180 : 0));
        }

        return new ImageSet(pixels, 1, 6, 6, [.. Enumerable.Range(0, count).Select(image => image % 3)], ["rows", "columns", "diagonals"], "stripes");
    }

    private static TinyNet<float> Net() => new(36, 8, 3, dropout: 0.1);

    private static TrainingData<float> Data(ImageAugmentation? augmentation = null) => TrainingData<float>.From(
        new ImageSource<float>(Stripes(90, 1), ImageNormalization.Half, augmentation ?? Augmentation, flat: true), new ImageSource<float>(Stripes(30, 2), ImageNormalization.Half, flat: true));
}
