using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Accuracy;

/// <summary>
/// The six functions of ReLU-KAN's paper (arXiv 2406.02075, section 4) on [0, 1]^n, 1,000 points to train on and 1,000 others for the error, by 300 steps of the
/// self-scaled Broyden method in double precision; every fifth training point chooses the step. Inputs are brought to [−1, 1].
/// </summary>
internal static class FunctionRuns
{
    private const int Points = 1000;

    public static IReadOnlyList<(string Name, int Inputs, Func<double[], double> Value)> All { get; } =
    [
        ("f1", 1, x => Math.Sin(Math.PI * x[0])),
        ("f2", 1, x => Math.Sin(5 * Math.PI * x[0]) + x[0]),
        ("f3", 1, x => Math.Exp(x[0])),
        ("f4", 2, x => Math.Sin(Math.PI * (x[0] + x[1]))),
        ("f5", 2, x => Math.Exp(Math.Sin(Math.PI * x[0]) + (x[1] * x[1]))),
        ("f6", 4, x => Math.Exp(Math.Sin(Math.PI * ((x[0] * x[0]) + (x[1] * x[1]))) + Math.Sin(Math.PI * ((x[2] * x[2]) + (x[3] * x[3]))))),
    ];

    /// <summary>Trains a family on a function with some seeds; one report for each.</summary>
    public static IEnumerable<Report> Run(string task, string family, long parameters, int seeds)
    {
        (_, int inputs, Func<double[], double> value) = All.First(entry => entry.Name == task);
        for (int seed = 0; seed < seeds; seed++)
        {
            TrainingData<double> all = Sample(inputs, value, seed), test = Sample(inputs, value, seed + 1000);
            TrainingData<double> train = Pick(all, row => row % 5 != 4), held = Pick(all, row => row % 5 == 4);
            Module<double> network = FamilyModel.Create<double>(family, inputs, 1, parameters, (ulong)seed);
            FitResult<double> fit = Trainer.Fit(network, new TrainingData<double>(train.Inputs, train.Targets!) { Validation = held }, new FitOptions
            {
                Optimizer = new SelfScaledQuasiNewton(),
                BatchSize = 0,
                Epochs = 300,
                Seed = (ulong)seed,
            });
            double[] predicted = fit.Module.Predict(test.Inputs).Span.ToArray(), y = test.Targets!.Span.ToArray();
            double rmse = Math.Sqrt(predicted.Zip(y, (left, right) => (left - right) * (left - right)).Average());
            yield return new Report("accuracy").Add("task", task).Add("family", family).Add("seed", seed).Add("parameters", fit.Module.CountParameters())
                .Add("seconds", fit.Seconds).Add("rmse", rmse);
        }
    }

    private static TrainingData<double> Sample(int inputs, Func<double[], double> value, int seed)
    {
        var random = new Random(seed);
        var x = new Tensor<double>(new Shape(Points, inputs));
        var y = new Tensor<double>(new Shape(Points, 1));
        for (int row = 0; row < Points; row++)
        {
            double[] point = [.. Enumerable.Range(0, inputs).Select(_ => random.NextDouble())];
            for (int input = 0; input < inputs; input++)
                x[row, input] = (2 * point[input]) - 1;
            y[row, 0] = value(point);
        }

        return new TrainingData<double>(x, y);
    }

    private static TrainingData<double> Pick(TrainingData<double> data, Func<int, bool> wanted)
    {
        int[] rows = [.. Enumerable.Range(0, data.Count).Where(wanted)];
        int inputs = data.Inputs.Shape.Last;
        var x = new Tensor<double>(new Shape(rows.Length, inputs));
        var y = new Tensor<double>(new Shape(rows.Length, 1));
        for (int index = 0; index < rows.Length; index++)
        {
            data.Inputs.Row(rows[index]).CopyTo(x.Row(index));
            y[index, 0] = data.Targets![rows[index], 0];
        }

        return new TrainingData<double>(x, y);
    }
}
