// From a table to a saved model: a regression on real data, with its error on rows that training never saw.
using System.Globalization;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string path = args.Length > 0 ? args[0] : Path.Combine("src", "KanSharp.Cli", "Data", "diabetes.csv");
if (!File.Exists(path))
{
    Console.WriteLine($"No table at {path}: start the sample in the repository's root, or name a CSV file whose column 'target' is a number.");
    return;
}

TabularFit<float> fit = TabularTrainer.Fit<float>(Csv.Read(path), ["target"], new TabularOptions { Test = 0.2 });
foreach (string choice in fit.Choices)
    Console.WriteLine(choice);

Dataset<double> test = fit.HeldOut.Rows;
double mean = Mean(fit.Problem.Split.Train.Targets);
Console.WriteLine($"test RMSE {Rmse(fit.Model.Predict(test.Features), test.Targets):F2} on {test.Count} rows; the mean alone gives {Rmse([.. Enumerable.Repeat(mean, test.Count)], test.Targets):F2}");

string file = Path.Combine(Path.GetTempPath(), "quickstart.safetensors");
ModelFile.Save(file, fit.Model);
TabularModel<float> loaded = ModelFile.LoadTabular<float>(file);
Console.WriteLine($"saved to {file} and loaded again: test RMSE {Rmse(loaded.Predict(test.Features), test.Targets):F2}");

static double Mean(ReadOnlySpan<double> values)
{
    double sum = 0;
    foreach (double value in values)
        sum += value;
    return sum / values.Length;
}

static double Rmse(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
{
    double sum = 0;
    for (int i = 0; i < actual.Length; i++)
        sum += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
    return Math.Sqrt(sum / actual.Length);
}
