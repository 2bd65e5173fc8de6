using KanSharp.Data;

namespace KanSharp.Interpretation.Terms;

/// <summary>Checks of the data of a search.</summary>
internal static class TermSearchChecks
{
    public const int FewestRows = 5;

    public static void Data(Dataset<double> data, string name)
    {
        if (data.Task != TaskKind.Regression)
            throw new ArgumentException($"The data are for {data.Task}; a formula needs a numeric target. Give a table whose target column holds numbers.", name);
        if (data.Outputs != 1)
            throw new ArgumentException($"The data have {data.Outputs} targets ({string.Join(", ", data.TargetNames)}); a formula has one. Search for each on its own.", name);
        if (data.Count < FewestRows)
            throw new ArgumentException($"The data have {data.Count} rows; at least {FewestRows} are needed, and hundreds are better.", name);
        string? twice = data.FeatureNames.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two columns are called '{twice}', so that a formula in their names would be ambiguous. Rename one.", name);
    }

    public static void Matches(Dataset<double> train, Dataset<double> validation)
    {
        if (validation.Task != train.Task || !validation.FeatureNames.SequenceEqual(train.FeatureNames))
        {
            throw new ArgumentException(
                $"The validation rows have the columns {string.Join(", ", validation.FeatureNames)}, the training rows {string.Join(", ", train.FeatureNames)}; "
                + "they must be the same.",
                nameof(validation));
        }
    }
}
