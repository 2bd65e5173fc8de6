using System.Globalization;
using System.Text;
using KanSharp.Training;

namespace KanSharp.Cli.Runs;

/// <summary>metrics.csv: a row for each epoch; a cell is empty where there is no such number.</summary>
internal sealed class MetricsTable : IDisposable
{
    private readonly StreamWriter _writer;

    /// <summary>Starts the file anew with its header.</summary>
    public MetricsTable(string path, string metric)
    {
        _writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        _writer.WriteLine($"epoch,training_loss,penalty,validation_loss,{metric},learning_rate,grid,seconds");
    }

    public void Write(EpochRecord epoch) => _writer.WriteLine(string.Join(
        ',',
        Text(epoch.Epoch), Text(epoch.TrainingLoss), Text(epoch.Penalty), Text(epoch.ValidationLoss), Text(epoch.Metrics.Count > 0 ? epoch.Metrics[0] : null),
        Text(epoch.LearningRate), Text(epoch.Intervals), Text(epoch.Seconds)));

    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private static string Text(double? number) => number is { } value && double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
