// MNIST with the recipe of efficient-kan: [784, 64, 10], AdamW 1e-3, weight decay 1e-4, rate × 0.8 per epoch, batches of 64, 10 epochs.
using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args.Length > 0 ? args[0] : Path.Combine("..", "shared", "data", "mnist");
if (!File.Exists(Path.Combine(folder, "train-images-idx3-ubyte.gz")))
{
    Console.WriteLine($"MNIST is not in '{Path.GetFullPath(folder)}'. Give the folder of its four IDX files as the argument.");
    return;
}

Dataset<float> Read(string part) => Dataset.FromIdx<float>(
    IdxFile.Read(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz")), IdxFile.Read(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz")));

// Pixels arrive in [0, 1]; the recipe wants [−1, 1], the range of the grids.
TrainingData<float> Scaled(Dataset<float> data, TrainingData<float>? validation = null)
{
    float[] pixels = Array.ConvertAll(data.Features.ToArray(), pixel => 2 * pixel - 1);
    return new TrainingData<float>(new Tensor<float>(new Shape(data.Count, data.Inputs), pixels), data.Classes.ToArray()) { Validation = validation };
}

TrainingData<float> test = Scaled(Read("t10k"));
TrainingData<float> train = Scaled(Read("train"), test);
KanNetwork<float> network = KanNetwork<float>.Create([784, 64, 10]);
Console.Write(network.Summary());
FitResult<float> result = Trainer.Fit(
    network,
    train,
    new FitOptions
    {
        Optimizer = new AdamW { LearningRate = 1e-3, WeightDecay = 1e-4 },
        Schedule = new ExponentialSchedule { Decay = 0.8 },
        BatchSize = 64,
        Epochs = 10,
    },
    hooks: new FitHooks<float> { Metrics = [OutputMetrics.Accuracy<float>()] });
double seconds = 0;
foreach (EpochRecord epoch in result.History)
{
    Console.WriteLine($"epoch {epoch.Epoch,2}: loss {epoch.TrainingLoss:F4}, test loss {epoch.ValidationLoss:F4}, test accuracy {epoch.Metrics[0]:P2}, {epoch.Seconds - seconds:F1} s");
    seconds = epoch.Seconds;
}

Console.WriteLine($"after the last epoch: test accuracy {result.History[^1].Metrics[0]:P2}; {result.SamplesPerSecond:F0} samples/s");
