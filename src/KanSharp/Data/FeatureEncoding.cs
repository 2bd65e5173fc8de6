namespace KanSharp.Data;

/// <summary>How one column becomes features: itself for numbers, one feature of 0 or 1 for each known text otherwise.</summary>
public sealed class FeatureEncoding
{
    private readonly Dictionary<string, int>? _index;

    /// <summary>Creates the encoding of a column.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="categories">The known texts in the order of the features; null for a numeric column.</param>
    /// <param name="means">The mean of each feature, taken for missing cells: one for a numeric column, one for each category otherwise.</param>
    /// <exception cref="ArgumentException">The counts differ, or a category occurs twice.</exception>
    public FeatureEncoding(string column, IReadOnlyList<string>? categories, IReadOnlyList<double> means)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentNullException.ThrowIfNull(means);
        if (means.Count != (categories?.Count ?? 1))
            throw new ArgumentException($"column '{column}': {means.Count} means for {categories?.Count ?? 1} features");
        Column = column;
        Categories = categories;
        Means = means;
        if (categories is null)
            return;
        _index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < categories.Count; i++)
        {
            if (!_index.TryAdd(categories[i], i))
                throw new ArgumentException($"column '{column}': category '{categories[i]}' occurs twice");
        }
    }

    /// <summary>Name of the column.</summary>
    public string Column { get; }

    /// <summary>The known texts, one feature each, in ordinal order after fitting; null for a numeric column.</summary>
    public IReadOnlyList<string>? Categories { get; }

    /// <summary>Mean of each feature, taken for missing cells under <see cref="MissingValues.Mean"/>.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Number of features.</summary>
    public int Width => Means.Count;

    /// <summary>Names of the features: the column's, or column=category.</summary>
    public IEnumerable<string> FeatureNames => Categories is null ? [Column] : Categories.Select(category => $"{Column}={category}");

    /// <summary>The feature of that text, −1 where it is unknown.</summary>
    internal int IndexOf(string text) => _index!.TryGetValue(text, out int index) ? index : -1;

    /// <summary>Learns categories and means from a column.</summary>
    internal static FeatureEncoding Fit(TableColumn column, int maxCategories, string? tableName)
    {
        if (column.IsNumeric)
        {
            double sum = 0;
            int count = 0;
            foreach (double number in column.Numbers)
            {
                if (double.IsNaN(number))
                    continue;

                // The running mean can not overflow where a sum would
                sum += (number - sum) / ++count;
            }

            return count > 0
                ? new FeatureEncoding(column.Name, null, [sum])
                : throw new DataFormatException("every cell is missing; exclude the column", tableName, column: column.Name);
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (string? text in column.Texts)
        {
            if (text is not null)
                counts[text] = counts.GetValueOrDefault(text) + 1;
        }

        if (counts.Count == 0)
            throw new DataFormatException("every cell is missing; exclude the column", tableName, column: column.Name);
        if (counts.Count > maxCategories)
        {
            throw new DataFormatException(
                $"{counts.Count} different texts, such as '{counts.Keys.First()}'; at most {maxCategories} become features (exclude the column, or raise MaxCategories)",
                tableName, column: column.Name);
        }

        double present = counts.Values.Sum();
        return new FeatureEncoding(column.Name, [.. counts.Keys], [.. counts.Values.Select(count => count / present)]);
    }
}
