namespace KanSharp.Data;

/// <summary>How the columns of a table become features and targets.</summary>
public sealed record EncodingOptions
{
    /// <summary>
    /// The task; null (default) decides by the target: text is classification, a numeric column with at most 20 different values that are
    /// all integers is classification, everything else is regression. Several targets are always regression.
    /// </summary>
    public TaskKind? Task { get; init; }

    /// <summary>Rows with missing cells; default <see cref="MissingValues.Error"/>.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Error;

    /// <summary>Texts in later tables that the fitted one did not have; default <see cref="UnknownCategories.Zeros"/>.</summary>
    public UnknownCategories Unknown { get; init; } = UnknownCategories.Zeros;

    /// <summary>Most different texts a column may have (features) or classes a target may have; default 100.</summary>
    public int MaxCategories { get; init; } = 100;

    /// <summary>Columns that become features, in this order; null (default) takes all but the targets, in the table's order.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns that do not become features; default none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
