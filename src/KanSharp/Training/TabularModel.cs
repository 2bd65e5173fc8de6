using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// A network together with all it needs to work on tables: column names, categories, class labels, units, and the scaling of inputs and
/// targets. It takes rows in original units and predicts in original units.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TabularModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkRows = 2048;

    /// <summary>Puts a model together.</summary>
    /// <param name="network">
    /// Takes scaled features [N, inputs] and gives [N, outputs]. The widths of a <see cref="KanNetwork{T}"/> and of an <see cref="Mlp{T}"/> are
    /// checked here, those of other modules when they predict.
    /// </param>
    /// <param name="encoding">Names of columns, categories and classes.</param>
    /// <param name="inputScaling">Scaling of the encoded features.</param>
    /// <param name="targetScaling">Scaling of the targets; null for classification.</param>
    /// <param name="units">Units of columns, where known; none by default.</param>
    /// <param name="notes">Facts to keep with the model, such as how it was trained; none by default.</param>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public TabularModel(
        Module<T> network,
        TableEncoding encoding,
        LinearScaling inputScaling,
        LinearScaling? targetScaling,
        IReadOnlyDictionary<string, string>? units = null,
        IReadOnlyDictionary<string, string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(inputScaling);
        Network = network;
        Encoding = encoding;
        Task = TaskOf(encoding);
        InputScaling = inputScaling;
        TargetScaling = targetScaling;
        Units = units ?? new Dictionary<string, string>();
        Notes = notes ?? new Dictionary<string, string>();
        CheckWidths();
        if (inputScaling.Count != encoding.Inputs)
            throw new ArgumentException($"The input scaling has {inputScaling.Count} columns; the encoding has {encoding.Inputs} features.");
        if (Task == TabularTask.Regression ? targetScaling?.Count != encoding.Target.Outputs : targetScaling is not null)
            throw new ArgumentException($"A {Task} model with {encoding.Target.Outputs} targets does not go with a target scaling of {targetScaling?.Count ?? 0} columns.");
        foreach (string column in Units.Keys)
        {
            if (!encoding.Target.Columns.Contains(column) && !encoding.Features.Any(feature => feature.Column == column))
                throw new ArgumentException($"A unit is given for column '{column}', which the model does not have.");
        }
    }

    /// <summary>The network behind the scaling.</summary>
    public Module<T> Network { get; }

    /// <summary>Names of columns, categories and classes.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>What the model predicts.</summary>
    public TabularTask Task { get; }

    /// <summary>Scaling of the encoded features.</summary>
    public LinearScaling InputScaling { get; }

    /// <summary>Scaling of the targets; null for classification.</summary>
    public LinearScaling? TargetScaling { get; }

    /// <summary>Units of columns, by column name.</summary>
    public IReadOnlyDictionary<string, string> Units { get; }

    /// <summary>Facts kept with the model.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; }

    /// <summary>Class labels by index; empty for regression.</summary>
    public IReadOnlyList<string> Classes => Encoding.Target.Classes;

    /// <summary>Outputs that the network has: targets, 1 for a binary task, or classes.</summary>
    public int NetworkOutputs => Task == TabularTask.Binary ? 1 : Encoding.Target.Outputs;

    /// <summary>The task that an encoding describes.</summary>
    internal static TabularTask TaskOf(TableEncoding encoding) =>
        encoding.Target.Task == TaskKind.Regression ? TabularTask.Regression
        : encoding.Target.Classes.Count == 2 ? TabularTask.Binary
        : TabularTask.Multiclass;

    /// <summary>Predicts the rows of a table.</summary>
    /// <param name="table">A table with the model's feature columns, in any order; others are ignored.</param>
    /// <param name="executor">Where to run; the process-wide executor by default.</param>
    /// <exception cref="DataFormatException">A column is missing or of the wrong kind, or a cell is not allowed.</exception>
    public TabularPrediction Predict(Table table, Executor? executor = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] features = Encoding.EncodeFeatures<double>(table, out EncodingReport report);
        return new TabularPrediction(Encoding.Target, Predict(features, executor), report);
    }

    /// <summary>Predicts encoded rows.</summary>
    /// <param name="features">Row-major [N × inputs] in original units, in the order of <see cref="TableEncoding.FeatureNames"/>.</param>
    /// <param name="executor">Where to run; the process-wide executor by default.</param>
    /// <returns>Row-major [N × targets] in original units, or [N × classes] probabilities.</returns>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    public double[] Predict(ReadOnlySpan<double> features, Executor? executor = null)
    {
        var predictions = new double[RowsOf(features) * Encoding.Target.Outputs];
        Predict(features, predictions, executor);
        return predictions;
    }

    /// <summary>
    /// Predicts encoded rows into memory of the caller. Allocates nothing in steady state, unless a module of your own takes part. Several threads may predict with
    /// one model at once, as long as none changes its network.
    /// </summary>
    /// <param name="features">Row-major [N × inputs] in original units, in the order of <see cref="TableEncoding.FeatureNames"/>.</param>
    /// <param name="predictions">Receives [N × targets] in original units, or [N × classes] probabilities, row-major; must not overlap <paramref name="features"/>.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, predictions of another length, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<double> features, Span<double> predictions, Executor? executor = null)
    {
        int rows = RowsOf(features), inputs = Encoding.Inputs, width = Encoding.Target.Outputs;
        if (predictions.Length != (long)rows * width)
            throw new ArgumentException($"{rows} rows have {rows} × {width} predictions; there is room for {predictions.Length}.", nameof(predictions));
        if (features.Overlaps(predictions))
            throw new ArgumentException("features and predictions overlap; they need memory of their own.", nameof(predictions));
        for (int start = 0; start < rows; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, rows - start);
            PredictChunk(count, features.Slice(start * inputs, count * inputs), predictions.Slice(start * width, count * width), executor);
        }
    }

    /// <summary>Encoded rows as the network takes them, with scaled features, and scaled targets or class indices: to measure it, or to train it further.</summary>
    /// <param name="rows">Rows with targets, as <see cref="TableEncoding.Encode{T}"/> of <see cref="Encoding"/> gives them.</param>
    /// <param name="validation">Rows that choose the best parameters; none by default.</param>
    /// <exception cref="ArgumentException">The rows have another number of features, or another task.</exception>
    public TrainingData<T> Scale(Dataset<double> rows, Dataset<double>? validation = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (Dataset<double> part in validation is null ? (Dataset<double>[])[rows] : [rows, validation])
        {
            if (part.Inputs != Encoding.Inputs || part.Task != Encoding.Target.Task)
                throw new ArgumentException($"The rows have {part.Inputs} features for {part.Task}; the model takes {Encoding.Inputs} features for {Encoding.Target.Task}.");
        }

        return TabularRows.Scale<T>(rows, validation, Task, InputScaling, TargetScaling);
    }

    private int RowsOf(ReadOnlySpan<double> features) => features.Length % Encoding.Inputs == 0
        ? features.Length / Encoding.Inputs
        : throw new ArgumentException($"{features.Length} values are not a whole number of rows of {Encoding.Inputs} features.", nameof(features));

    private void PredictChunk(int rows, ReadOnlySpan<double> features, Span<double> predictions, Executor? executor)
    {
        Arena<double> cells = PredictionScratch<double>.Arena;
        Arena<T> numbers = PredictionScratch<T>.Arena;
        (int, int) cellMark = cells.Mark(), numberMark = numbers.Mark();
        try
        {
            Span<double> scaled = cells.Rent(features.Length).Span;
            Span<T> x = numbers.Rent(features.Length).Span, y = numbers.Rent(rows * NetworkOutputs).Span;
            features.CopyTo(scaled);
            InputScaling.Apply(scaled);
            for (int i = 0; i < x.Length; i++)
                x[i] = T.CreateTruncating(scaled[i]);
            Evaluate(rows, x, y, executor);
            TabularOutputs.Interpret(Task, TargetScaling, Encoding.Target.Outputs, y, predictions);
        }
        finally
        {
            numbers.Release(numberMark);
            cells.Release(cellMark);
        }
    }

    private void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor? executor)
    {
        if (Network.Plan(Encoding.Inputs) is { } plan && plan.Outputs == NetworkOutputs)
        {
            Network.Predict(x, y, rows, executor);
            return;
        }

        Tensor<T> output = Network.Predict(new Tensor<T>(new Shape(rows, Encoding.Inputs), x.ToArray()), executor);
        if (output.Shape != new Shape(rows, NetworkOutputs))
            throw new InvalidOperationException($"The network gave {output.Shape} for {rows} rows; a {Task} model needs [{rows}, {NetworkOutputs}].");
        output.Span.CopyTo(y);
    }

    /// <summary>Compares the widths with the encoding where the network states them; other modules show theirs when they predict.</summary>
    private void CheckWidths()
    {
        IReadOnlyList<int>? widths = (Network as KanNetwork<T>)?.Widths ?? (Network as Mlp<T>)?.Widths;
        if (widths is null)
            return;
        int inputs = (Network as KanNetwork<T>)?.Features ?? widths[0];
        if (inputs != Encoding.Inputs)
            throw new ArgumentException($"The network takes {inputs} inputs; the encoding has {Encoding.Inputs} features.");
        if (widths[^1] != NetworkOutputs)
            throw new ArgumentException($"The network has {widths[^1]} outputs; a {Task} model with this encoding needs {NetworkOutputs}.");
    }
}
