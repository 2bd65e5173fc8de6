namespace KanSharp.Data;

/// <summary>How a CSV or TSV file is read. The defaults detect what can be detected.</summary>
public sealed record CsvOptions
{
    /// <summary>Separator of the cells; null (default) chooses among comma, semicolon, tab and bar by the first lines.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first row holds the column names; null (default) says so where no cell of it is a number.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Cells that stand for a missing value, matched exactly; default: the empty cell, ?, NA, NaN, nan, null, NULL.</summary>
    public IReadOnlyList<string> MissingTokens { get; init; } = ["", "?", "NA", "NaN", "nan", "null", "NULL"];

    /// <summary>Columns that hold text even where most of their cells are numbers, such as codes; default none.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];
}
