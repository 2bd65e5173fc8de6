using System.Numerics;

namespace KanSharp.Data;

/// <summary>
/// The way from tables to numbers, learned from one table and applied to later ones: numeric columns as they are, text columns as one
/// feature of 0 or 1 for each text. It is a value that is kept with the model.
/// </summary>
public sealed class TableEncoding
{
    /// <summary>Creates an encoding from its parts.</summary>
    /// <param name="features">Feature columns in order; at least one.</param>
    /// <param name="target">Target columns.</param>
    /// <param name="missing">Rows with missing cells.</param>
    /// <param name="unknown">Texts that are not among the categories.</param>
    /// <exception cref="ArgumentException">No features, or two of the same name.</exception>
    public TableEncoding(IReadOnlyList<FeatureEncoding> features, TargetEncoding target, MissingValues missing, UnknownCategories unknown)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        Features = features;
        Target = target;
        Missing = missing;
        Unknown = unknown;
        FeatureNames = [.. features.SelectMany(feature => feature.FeatureNames)];
        if (FeatureNames.Count == 0)
            throw new ArgumentException("an encoding needs at least one feature column", nameof(features));
        if (FeatureNames.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"two features are named '{twice.Key}'; rename a column", nameof(features));
    }

    /// <summary>Feature columns in order.</summary>
    public IReadOnlyList<FeatureEncoding> Features { get; }

    /// <summary>Target columns.</summary>
    public TargetEncoding Target { get; }

    /// <summary>What happens to rows with missing cells.</summary>
    public MissingValues Missing { get; }

    /// <summary>What happens to unknown texts.</summary>
    public UnknownCategories Unknown { get; }

    /// <summary>Names of the features in order: the column's, or column=category.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Number of features.</summary>
    public int Inputs => FeatureNames.Count;

    /// <summary>Learns the encoding from a table: categories, means, task and class labels.</summary>
    /// <param name="table">The table; of training rows, where means and categories must not know the test rows.</param>
    /// <param name="targets">Target columns, at least one.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <exception cref="DataFormatException">A column is missing, empty, of the wrong kind or has too many categories.</exception>
    /// <exception cref="ArgumentException">No target, or several for classification.</exception>
    public static TableEncoding Fit(Table table, IReadOnlyList<string> targets, EncodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new EncodingOptions();
        if (targets.Count == 0 || targets.Distinct().Count() != targets.Count)
            throw new ArgumentException("name at least one target column, each once", nameof(targets));
        TargetEncoding target = TargetEncoding.Fit(table, targets, options.Task, options.MaxCategories);
        string[] names = [.. options.Features ?? table.Columns.Select(column => column.Name).Except(targets)];
        foreach (string name in options.Exclude)
            _ = table[name];
        names = [.. names.Except(options.Exclude)];
        if (names.Intersect(targets).FirstOrDefault() is string both)
            throw new ArgumentException($"column '{both}' is both feature and target", nameof(options));
        if (names.Length == 0)
            throw new DataFormatException("no feature column is left beside the target", table.Name);
        FeatureEncoding[] features = [.. names.Select(name => FeatureEncoding.Fit(table[name], options.MaxCategories, table.Name))];
        return new TableEncoding(features, target, options.Missing, options.Unknown);
    }

    /// <summary>Encodes features and targets of a table; columns that the encoding does not know are ignored.</summary>
    /// <param name="table">A table with all feature and target columns.</param>
    /// <param name="report">Rows left out, cells filled in, unknown texts.</param>
    /// <exception cref="DataFormatException">A column is missing or of the wrong kind, or a cell is not allowed by the policies.</exception>
    public Dataset<T> Encode<T>(Table table, out EncodingReport report)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var encoder = new TableEncoder<T>(this, table, withTarget: true);
        report = encoder.Report;
        return Target.Task == TaskKind.Classification
            ? Dataset.Classification<T>(encoder.Features, Inputs, encoder.ClassIndices(), Target.Classes, FeatureNames, Target.Columns[0])
            : Dataset.Regression<T>(encoder.Features, Inputs, encoder.Targets(), Target.Outputs, FeatureNames, Target.Columns);
    }

    /// <summary>Encodes the features of a table, which needs no target columns.</summary>
    /// <param name="table">A table with all feature columns.</param>
    /// <param name="report">Rows left out, cells filled in, unknown texts.</param>
    /// <returns>Row-major [encoded rows × <see cref="Inputs"/>].</returns>
    /// <exception cref="DataFormatException">A column is missing or of the wrong kind, or a cell is not allowed by the policies.</exception>
    public T[] EncodeFeatures<T>(Table table, out EncodingReport report)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var encoder = new TableEncoder<T>(this, table, withTarget: false);
        report = encoder.Report;
        return encoder.Features;
    }

    /// <summary>The encoding as JSON text, for a model file; the same encoding gives the same text.</summary>
    public string ToJson() => TableEncodingJson.Write(this);

    /// <summary>The encoding that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="DataFormatException">The text is damaged.</exception>
    public static TableEncoding FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TableEncodingJson.Read(json);
    }
}
