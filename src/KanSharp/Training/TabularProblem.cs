using System.Numerics;
using KanSharp.Data;

namespace KanSharp.Training;

/// <summary>A table made ready for training: encoded, split, scaled. Scalings see the training rows alone.</summary>
/// <typeparam name="T">Precision of training, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TabularProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal TabularProblem(TableEncoding encoding, EncodingReport report, DataSplit<double> split)
    {
        Encoding = encoding;
        Report = report;
        Split = split;
        Task = TabularModel<T>.TaskOf(encoding);
        InputScaling = LinearScaling.ToGrid(split.Train.Features, encoding.Inputs);
        TargetScaling = Task == TabularTask.Regression ? LinearScaling.Standard(split.Train.Targets, encoding.Target.Outputs) : null;
        Data = TabularRows.Scale<T>(split.Train, split.Validation, Task, InputScaling, TargetScaling);
    }

    /// <summary>Names of columns, categories and classes.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>Rows left out, cells filled in.</summary>
    public EncodingReport Report { get; }

    /// <summary>The rows in original units: training, validation, test.</summary>
    public DataSplit<double> Split { get; }

    /// <summary>What is to be predicted.</summary>
    public TabularTask Task { get; }

    /// <summary>Scaling of the features.</summary>
    public LinearScaling InputScaling { get; }

    /// <summary>Scaling of the targets; null for classification.</summary>
    public LinearScaling? TargetScaling { get; }

    /// <summary>The scaled rows, as training takes them.</summary>
    public TrainingData<T> Data { get; }

    /// <summary>Outputs that a network for the problem needs.</summary>
    public int NetworkOutputs => Task == TabularTask.Binary ? 1 : Encoding.Target.Outputs;

    /// <summary>Encodes, splits and scales a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">Target columns, at least one.</param>
    /// <param name="options">Encoding, shares and seed are taken from here; the defaults if null.</param>
    /// <exception cref="DataFormatException">A column or a cell is not as needed.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or too few rows are left for a part of the split.</exception>
    public static TabularProblem<T> Create(Table table, IReadOnlyList<string> targets, TabularOptions? options = null)
    {
        options ??= new TabularOptions();
        TableEncoding encoding = TableEncoding.Fit(table, targets, options.Encoding);
        Dataset<double> rows = encoding.Encode<double>(table, out EncodingReport report);
        return new TabularProblem<T>(encoding, report, rows.Split(options.Validation, options.Test, options.Seed));
    }

    /// <summary>The same rows, split and scaling in another precision.</summary>
    /// <typeparam name="TOther">The precision.</typeparam>
    public TabularProblem<TOther> As<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> => new(Encoding, Report, Split);
}
