using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Accuracy;

/// <summary>
/// Ten epochs on 28 × 28 images with the recipe of efficient-kan: AdamW with weight decay 1e-4, the rate times 0.8 after every epoch, batches of 64, pixels in
/// [−1, 1]. The last 6,000 training images choose the rate (seed 0) and the epoch; the test images are looked at once, with the parameters of that epoch.
/// </summary>
internal sealed class ImageRuns(string folder, long parameters, int epochs)
{
    private const int Held = 6000;
    private static readonly double[] s_rates = [1e-3, 3e-3];
    private readonly TrainingData<float> _train = Part(Read(folder, "train"), 0, 60000 - Held);
    private readonly TrainingData<float> _validation = Part(Read(folder, "train"), 60000 - Held, Held);
    private readonly TrainingData<float> _test = Part(Read(folder, "t10k"), 0, 10000);

    /// <summary>Trains a family with some seeds; one report for each.</summary>
    public IEnumerable<Report> Run(string task, string family, int seeds)
    {
        (double Rate, FitResult<float> Fit)[] trials = [.. s_rates.Select(rate => (rate, Fit(family, rate, 0)))];
        (double rate, FitResult<float> first) = trials.MinBy(trial => double.IsFinite(trial.Fit.BestLoss) ? trial.Fit.BestLoss : double.MaxValue);
        for (int seed = 0; seed < seeds; seed++)
        {
            FitResult<float> fit = seed == 0 ? first : Fit(family, rate, (ulong)seed);
            yield return new Report("accuracy").Add("task", task).Add("family", family).Add("seed", seed).Add("parameters", fit.Module.CountParameters())
                .Add("rate", rate).Add("best_epoch", fit.BestEpoch).Add("seconds", fit.Seconds).Add("accuracy", Accuracy(fit.Module));
        }
    }

    private FitResult<float> Fit(string family, double rate, ulong seed)
    {
        Module<float> network = FamilyModel.Create<float>(family, 784, 10, parameters, seed);
        var data = new TrainingData<float>(_train.Inputs, _train.Labels.ToArray()) { Validation = _validation };
        return Trainer.Fit(network, data, new FitOptions
        {
            Optimizer = new AdamW { LearningRate = rate, WeightDecay = 1e-4 },
            Schedule = new ExponentialSchedule { Decay = 0.8 },
            BatchSize = 64,
            Epochs = epochs,
            Seed = seed,
        });
    }

    private double Accuracy(Module<float> network)
    {
        Tensor<float> scores = network.Predict(_test.Inputs);
        int right = 0;
        for (int row = 0; row < scores.Shape[0]; row++)
        {
            Span<float> one = scores.Row(row);
            int best = 0;
            for (int label = 1; label < one.Length; label++)
                best = one[label] > one[best] ? label : best;
            right += best == _test.Labels[row] ? 1 : 0;
        }

        return (double)right / scores.Shape[0];
    }

    private static Dataset<float> Read(string folder, string part) => Dataset.FromIdx<float>(
        IdxFile.Read(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz")), IdxFile.Read(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz")));

    private static TrainingData<float> Part(Dataset<float> data, int start, int count)
    {
        int width = data.Inputs;
        float[] pixels = Array.ConvertAll(data.Features.Slice(start * width, count * width).ToArray(), pixel => (2 * pixel) - 1);
        return new TrainingData<float>(new Tensor<float>(new Shape(count, width), pixels), data.Classes.Slice(start, count).ToArray());
    }
}
