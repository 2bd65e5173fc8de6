using System.Numerics;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Training;

namespace KanSharp.Extensions.DependencyInjection;

/// <summary>Predicts rows with a model for tables that is loaded once. Any number of threads may predict at once; scratch memory belongs to the threads.</summary>
public sealed class KanPredictor : IKanPredictor
{
    private readonly Numbers _numbers;
    private readonly RowEncoder _encoder;
    private readonly TableEncoding _encoding;

    private KanPredictor(Numbers numbers, TabularTask task, TableEncoding encoding, IReadOnlyDictionary<string, string> units)
    {
        _numbers = numbers;
        _encoding = encoding;
        _encoder = new RowEncoder(encoding);
        Task = task;
        Units = units;
        OutputNames = encoding.Target.Task == TaskKind.Classification ? encoding.Target.Classes : encoding.Target.Columns;
    }

    /// <inheritdoc/>
    public TabularTask Task { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FeatureEncoding> Columns => _encoding.Features;

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => _encoding.FeatureNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> OutputNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets => _encoding.Target.Columns;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => _encoding.Target.Classes;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Units { get; }

    /// <summary>Loads a model file in its own precision, and predicts a row with it to see that it works.</summary>
    /// <param name="path">File of a model for tables, as <c>kan fit</c> and <see cref="ModelFile"/> write it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFileException">The file is damaged, of another kind, or holds no model for tables; the message names file and place.</exception>
    public static KanPredictor Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException($"There is no model file '{full}'; expected one that kan fit or ModelFile.Save wrote.", full);
        KanPredictor predictor = ModelFile.Inspect(full).IsSingle ? Of(ModelFile.LoadTabular<float>(full)) : Of(ModelFile.LoadTabular<double>(full));
        double[] means = [.. predictor.Columns.SelectMany(column => column.Means)], outputs = new double[predictor.OutputNames.Count];
        predictor.Predict(means, outputs);
        return outputs.All(double.IsFinite)
            ? predictor
            : throw new ModelFileException($"a row of the columns' means gives {string.Join(", ", outputs)}; finite numbers were expected", Path.GetFileName(full), "parameters");
    }

    /// <summary>Takes a model that is in memory. Do not change its network afterwards.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public static KanPredictor Of<T>(TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new KanPredictor(new Numbers<T>(model), model.Task, model.Encoding, model.Units);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<double> features, Span<double> outputs) => _numbers.Predict(features, outputs);

    /// <inheritdoc/>
    public void Encode(IReadOnlyDictionary<string, PredictorCell> row, Span<double> features, int index = 0)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (features.Length != _encoding.Inputs)
            throw new ArgumentException($"A row has {_encoding.Inputs} features; there is room for {features.Length}.", nameof(features));
        _encoder.Encode(row, features, index);
    }

    /// <inheritdoc/>
    public KanPrediction Predict(IReadOnlyDictionary<string, PredictorCell> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Predict([row])[0];
    }

    /// <inheritdoc/>
    public IReadOnlyList<KanPrediction> Predict(IReadOnlyList<IReadOnlyDictionary<string, PredictorCell>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int inputs = _encoding.Inputs, width = OutputNames.Count;
        double[] features = new double[checked(rows.Count * inputs)], outputs = new double[checked(rows.Count * width)];
        for (int row = 0; row < rows.Count; row++)
        {
            IReadOnlyDictionary<string, PredictorCell> cells = rows[row] ?? throw new PredictorInputException(row, "", "the row is null", "cells by column name");
            Encode(cells, features.AsSpan(row * inputs, inputs), row);
        }

        Predict(features, outputs);
        var predictions = new KanPrediction[rows.Count];
        for (int row = 0; row < predictions.Length; row++)
            predictions[row] = new KanPrediction(_encoding.Target, OutputNames, outputs.AsMemory(row * width, width));
        return predictions;
    }

    /// <inheritdoc/>
    public TabularPrediction Predict(Table table) => _numbers.Predict(table);

    /// <summary>The model, whatever its precision.</summary>
    private abstract class Numbers
    {
        public abstract void Predict(ReadOnlySpan<double> features, Span<double> outputs);

        public abstract TabularPrediction Predict(Table table);
    }

    private sealed class Numbers<T>(TabularModel<T> model) : Numbers
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Predict(ReadOnlySpan<double> features, Span<double> outputs) => model.Predict(features, outputs);

        public override TabularPrediction Predict(Table table) => model.Predict(table);
    }
}
