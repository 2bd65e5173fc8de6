using System.Diagnostics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks.Images;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Cases;

/// <summary>Seconds of an epoch of training on MNIST or a set of its shape, for presets, and the growth of the process's peak memory.</summary>
internal sealed class ImagesCase : IBenchmarkCase
{
    public string Name => "images";

    public string Usage => "--data ../shared/data/mnist --presets kkan,cnn-small --basis NAME --batch 64 --epochs 1 --images 60000 --threads 0 --lr 0.001";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string folder = options.Text("data", "../shared/data/mnist");
        string[] presets = options.Text("presets", "kkan").Split(',');
        string basis = options.Text("basis", "");
        int batch = options.Count("batch", 64), epochs = options.Count("epochs", 1), images = options.Count("images", 60000), threads = options.Integer("threads", 0);
        double rate = options.Number("lr", 1e-3);
        options.RefuseUnread();
        Dataset<float> train = Dataset.FromIdx<float>(IdxFile.Read(Path.Combine(folder, "train-images-idx3-ubyte.gz")), IdxFile.Read(Path.Combine(folder, "train-labels-idx1-ubyte.gz")));
        Dataset<float> test = Dataset.FromIdx<float>(IdxFile.Read(Path.Combine(folder, "t10k-images-idx3-ubyte.gz")), IdxFile.Read(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz")));
        TrainingData<float> data = Images(train, Math.Min(images, train.Count), null);
        TrainingData<float> held = Images(test, test.Count, null);
        using var executor = new Executor(threads);
        foreach (string preset in presets)
        {
            ImageNetwork<float> network = ImagePresets.Named(preset).Create<float>(ImageShape.Mnist, new ImagePresetOptions { Basis = basis.Length == 0 ? null : basis });
            Fit(network, Images(train, 256, null), batch, 1, rate, executor);
            long start = Stopwatch.GetTimestamp();
            long? growth = ProcessMemory.PeakGrowth(() => Fit(network, data, batch, epochs, rate, executor));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / epochs;
            int right = Correct(network, held, executor);
            Report report = new Report("images").Add("preset", preset).Add("parameters", network.CountParameters()).Add("batch", batch).Add("epochs", epochs)
                .Add("threads", executor.Threads).Add("seconds_per_epoch", seconds).Add("images_per_second", data.Count / seconds).Add("accuracy", (double)right / held.Count);
            yield return growth is long bytes ? report.Add("resident_growth_bytes", bytes) : report;
        }
    }

    private static void Fit(Module<float> network, TrainingData<float> data, int batch, int epochs, double rate, Executor executor) => Trainer.Fit(network, data, new FitOptions
    {
        Optimizer = new AdamW { LearningRate = rate, WeightDecay = 1e-4 },
        Schedule = new ExponentialSchedule { Decay = 0.8 },
        Epochs = epochs,
        BatchSize = batch,
        Executor = executor,
    });

    private static TrainingData<float> Images(Dataset<float> set, int count, TrainingData<float>? validation)
    {
        float[] pixels = [.. set.Features[..(count * 784)].ToArray().Select(value => (value - 0.5f) / 0.5f)];
        return new TrainingData<float>(new Tensor<float>(new Shape(count, 1, 28, 28), pixels), set.Classes[..count].ToArray()) { Validation = validation };
    }

    private static int Correct(Module<float> network, TrainingData<float> data, Executor executor)
    {
        int right = 0;
        for (int start = 0; start < data.Count; start += 500)
        {
            var part = new Tensor<float>(new Shape(500, 1, 28, 28), data.Inputs.Span.Slice(start * 784, 500 * 784).ToArray());
            Tensor<float> y = network.Predict(part, executor);
            for (int row = 0; row < 500; row++)
            {
                Span<float> scores = y.Row(row);
                int best = 0;
                for (int k = 1; k < scores.Length; k++)
                    best = scores[k] > scores[best] ? k : best;
                right += best == data.Labels[start + row] ? 1 : 0;
            }
        }

        return right;
    }
}
