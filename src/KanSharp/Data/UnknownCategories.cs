namespace KanSharp.Data;

/// <summary>What happens to a text that did not occur when the encoding was fitted.</summary>
public enum UnknownCategories
{
    /// <summary>All features of the column are 0; the report counts the cells.</summary>
    Zeros,

    /// <summary>An error that names row, column and text.</summary>
    Error,
}
