using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Extensions.DependencyInjection;

/// <summary>Predicts rows with one model. Any number of threads may predict at once.</summary>
public interface IKanPredictor
{
    /// <summary>What the model predicts.</summary>
    TabularTask Task { get; }

    /// <summary>The columns that a row needs, and how each becomes features: numbers, or one of some known texts.</summary>
    IReadOnlyList<FeatureEncoding> Columns { get; }

    /// <summary>Names of the encoded features, in the order that rows of numbers take: a column's name, or column=text.</summary>
    IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Names of the outputs: the target columns, or the classes.</summary>
    IReadOnlyList<string> OutputNames { get; }

    /// <summary>The target columns; one for a classifier.</summary>
    IReadOnlyList<string> Targets { get; }

    /// <summary>Class labels by index; empty for regression.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>Units of columns, where known.</summary>
    IReadOnlyDictionary<string, string> Units { get; }

    /// <summary>Predicts rows of numbers. In steady state nothing is allocated.</summary>
    /// <param name="features">Row-major [rows × <see cref="FeatureNames"/>] in original units; a text is 1 at its feature and 0 at the column's others.</param>
    /// <param name="outputs">Receives [rows × <see cref="OutputNames"/>], values in original units or probabilities; must not overlap <paramref name="features"/>.</param>
    /// <exception cref="ArgumentException">The lengths are no whole rows or do not fit, or the spans overlap.</exception>
    void Predict(ReadOnlySpan<double> features, Span<double> outputs);

    /// <summary>Turns a row into features.</summary>
    /// <param name="row">A cell for each of <see cref="Columns"/>, by name; others are ignored.</param>
    /// <param name="features">Receives as many values as <see cref="FeatureNames"/> has.</param>
    /// <param name="index">Index of the row for messages.</param>
    /// <exception cref="PredictorInputException">A column is not there, or a cell is missing, of the wrong kind or unknown where the model does not allow that.</exception>
    /// <exception cref="ArgumentException">There is room for another number of features.</exception>
    void Encode(IReadOnlyDictionary<string, PredictorCell> row, Span<double> features, int index = 0);

    /// <summary>Predicts one row.</summary>
    /// <param name="row">A cell for each of <see cref="Columns"/>, by name; others are ignored.</param>
    /// <exception cref="PredictorInputException">A column is not there, or a cell is not allowed.</exception>
    KanPrediction Predict(IReadOnlyDictionary<string, PredictorCell> row);

    /// <summary>Predicts several rows at once, which is faster than one by one.</summary>
    /// <param name="rows">Rows with a cell for each of <see cref="Columns"/>, by name; others are ignored.</param>
    /// <exception cref="PredictorInputException">A row is null, a column is not there, or a cell is not allowed; the message names the row, from 0.</exception>
    IReadOnlyList<KanPrediction> Predict(IReadOnlyList<IReadOnlyDictionary<string, PredictorCell>> rows);

    /// <summary>Predicts the rows of a table, with what the model does about missing cells.</summary>
    /// <param name="table">A table with the model's columns, in any order; others are ignored.</param>
    /// <exception cref="DataFormatException">A column is missing or of the wrong kind, or a cell is not allowed.</exception>
    TabularPrediction Predict(Table table);
}
