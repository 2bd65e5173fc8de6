using System.Text;
using KanSharp.Cli.Output;
using KanSharp.Training;

namespace KanSharp.Cli.Runs;

/// <summary>metrics.jsonl: one JSON object per completed epoch; and the same numbers in metrics.csv beside it.</summary>
internal sealed class MetricsLog : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly MetricsTable _table;
    private readonly string _metric;
    private int _written;

    /// <summary>Starts the file anew with the epochs that are already done.</summary>
    public MetricsLog(string path, string metric, IReadOnlyList<EpochRecord> done)
    {
        _metric = metric;
        _writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        _table = new MetricsTable(Path.ChangeExtension(path, ".csv"), metric);
        Append(done);
    }

    /// <summary>Writes the epochs of a history that are not yet in the file.</summary>
    public void Append(IReadOnlyList<EpochRecord> history)
    {
        for (; _written < history.Count; _written++)
        {
            _writer.WriteLine(Line(history[_written]));
            _table.Write(history[_written]);
        }

        _writer.Flush();
        _table.Flush();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _table.Dispose();
    }

    private string Line(EpochRecord epoch) => JsonResult.Text(
        json =>
        {
            json.WriteNumber("epoch", epoch.Epoch);
            json.Number("training_loss", epoch.TrainingLoss);
            json.Number("penalty", epoch.Penalty);
            json.Number("validation_loss", epoch.ValidationLoss);
            if (epoch.Metrics.Count > 0)
                json.Number(_metric, epoch.Metrics[0]);
            json.Number("learning_rate", epoch.LearningRate);
            if (epoch.Intervals is { } intervals)
                json.WriteNumber("grid", intervals);
            json.Number("seconds", epoch.Seconds);
        },
        indented: false);
}
