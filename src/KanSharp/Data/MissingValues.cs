namespace KanSharp.Data;

/// <summary>What happens to rows with missing cells. A row whose target is missing is never invented: it is an error or dropped.</summary>
public enum MissingValues
{
    /// <summary>An error that names row and column.</summary>
    Error,

    /// <summary>The row is left out; the report counts it.</summary>
    DropRow,

    /// <summary>
    /// The mean of the column when the encoding was fitted; for text columns, whose features are 0 or 1, that is each category's share.
    /// </summary>
    Mean,
}
