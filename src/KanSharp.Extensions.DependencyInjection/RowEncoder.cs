using System.Globalization;
using KanSharp.Data;

namespace KanSharp.Extensions.DependencyInjection;

/// <summary>Turns rows by column name into features, by the rules of the model's <see cref="TableEncoding"/>.</summary>
internal sealed class RowEncoder
{
    private const int MostNamed = 20;
    private readonly TableEncoding _encoding;
    private readonly Dictionary<string, int>?[] _categories;

    public RowEncoder(TableEncoding encoding)
    {
        _encoding = encoding;
        _categories =
        [
            .. encoding.Features.Select(feature => feature.Categories?.Select((text, index) => (text, index)).ToDictionary(pair => pair.text, pair => pair.index, StringComparer.Ordinal)),
        ];
    }

    public void Encode(IReadOnlyDictionary<string, PredictorCell> row, Span<double> features, int index)
    {
        int offset = 0;
        for (int column = 0; column < _categories.Length; column++)
        {
            FeatureEncoding feature = _encoding.Features[column];
            Span<double> cells = features.Slice(offset, feature.Width);
            offset += feature.Width;
            if (!row.TryGetValue(feature.Column, out PredictorCell cell))
                throw new PredictorInputException(index, feature.Column, "the column is not there", Allowed(feature));
            if (!cell.HasValue)
                WriteMissing(feature, cells, index);
            else if (_categories[column] is { } categories)
                WriteText(feature, categories, cell, cells, index);
            else
                WriteNumber(feature, cell, cells, index);
        }
    }

    private static void WriteNumber(FeatureEncoding feature, PredictorCell cell, Span<double> cells, int index)
    {
        if (cell.Number is not { } number)
            throw new PredictorInputException(index, feature.Column, $"the text {cell}", Allowed(feature));
        cells[0] = double.IsFinite(number) ? number : throw new PredictorInputException(index, feature.Column, $"the number {cell}", Allowed(feature));
    }

    private void WriteText(FeatureEncoding feature, Dictionary<string, int> categories, PredictorCell cell, Span<double> cells, int index)
    {
        // a number in a column of texts is the text that it is written as, as in a table; -0 is 0
        string text = cell.Text ?? (cell.Number!.Value + 0.0).ToString("R", CultureInfo.InvariantCulture);
        cells.Clear();
        if (categories.TryGetValue(text, out int category))
            cells[category] = 1;
        else if (_encoding.Unknown == UnknownCategories.Error)
            throw new PredictorInputException(index, feature.Column, $"the text '{text}' is unknown", Allowed(feature));
    }

    private void WriteMissing(FeatureEncoding feature, Span<double> cells, int index)
    {
        if (_encoding.Missing != MissingValues.Mean)
            throw new PredictorInputException(index, feature.Column, "the cell is missing", Allowed(feature));
        for (int i = 0; i < cells.Length; i++)
            cells[i] = feature.Means[i];
    }

    private static string Allowed(FeatureEncoding feature) => feature.Categories is not { } texts ? "a finite number"
        : $"one of {string.Join(", ", texts.Take(MostNamed).Select(text => $"'{text}'"))}{(texts.Count > MostNamed ? ", …" : "")}";
}
