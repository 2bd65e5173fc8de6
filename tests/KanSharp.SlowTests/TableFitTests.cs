using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.SlowTests;

/// <summary>Models for real tables, with everything left to the defaults, on rows held out of training and of selection.</summary>
public sealed class TableFitTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Diabetes_is_explained_better_than_by_its_mean(int seed)
    {
        TabularFit<float> fit = TabularTrainer.Fit<float>(ShippedData.Diabetes, ["target"], new TabularOptions { Test = 0.2, Seed = (ulong)seed });
        Dataset<double> test = fit.HeldOut.Rows;
        double[] predicted = fit.Model.Predict(test.Features);
        double mean = Average(fit.Problem.Split.Train.Targets);
        double error = 0, spread = 0;
        for (int i = 0; i < test.Count; i++)
        {
            error += Math.Pow(predicted[i] - test.Targets[i], 2);
            spread += Math.Pow(mean - test.Targets[i], 2);
        }

        output.WriteLine($"diabetes, seed {seed}: R² {1 - error / spread:F3}, RMSE {Math.Sqrt(error / test.Count):F2} on {test.Count} rows");
        Assert.InRange(1 - error / spread, 0.35, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Digits_are_told_apart_better_than_by_the_nearest_class_mean(int seed)
    {
        TabularFit<float> fit = TabularTrainer.Fit<float>(ShippedData.Digits, ["target"], new TabularOptions { Test = 0.2, Seed = (ulong)seed });
        Dataset<double> test = fit.HeldOut.Rows;
        double[] predicted = fit.Model.Predict(test.Features);
        int right = 0;
        for (int i = 0; i < test.Count; i++)
        {
            ReadOnlySpan<double> row = predicted.AsSpan(i * 10, 10);
            if (row.IndexOf(row.ToArray().Max()) == test.Classes[i])
                right++;
        }

        double accuracy = right / (double)test.Count;
        double simple = NearestMeanAccuracy(fit.Problem.Split.Train, test);
        output.WriteLine($"digits, seed {seed}: accuracy {accuracy:F4}, nearest class mean {simple:F4} on {test.Count} rows");
        Assert.InRange(accuracy, Math.Max(0.95, simple), 1);
    }

    private static double NearestMeanAccuracy(Dataset<double> train, Dataset<double> test)
    {
        int inputs = train.Inputs;
        double[][] means = [.. Enumerable.Range(0, 10).Select(_ => new double[inputs])];
        int[] counts = new int[10];
        for (int i = 0; i < train.Count; i++)
        {
            counts[train.Classes[i]]++;
            for (int j = 0; j < inputs; j++)
                means[train.Classes[i]][j] += train.Features[i * inputs + j];
        }

        int right = 0;
        for (int i = 0; i < test.Count; i++)
        {
            double[] row = test.Features.Slice(i * inputs, inputs).ToArray();
            int nearest = Enumerable.Range(0, 10).MinBy(c => row.Select((x, j) => Math.Pow(x - means[c][j] / counts[c], 2)).Sum());
            right += nearest == test.Classes[i] ? 1 : 0;
        }

        return right / (double)test.Count;
    }

    private static double Average(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
