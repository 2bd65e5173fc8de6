namespace KanSharp.Data;

/// <summary>What encoding a table left out or filled in: nothing happens silently.</summary>
public sealed class EncodingReport
{
    internal EncodingReport(int[] rows, int droppedRows, int filledCells, IReadOnlyDictionary<string, int> unknown)
    {
        Rows = rows;
        DroppedRows = droppedRows;
        FilledCells = filledCells;
        UnknownCategories = unknown;
    }

    /// <summary>For each encoded row, its index in the table.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Rows left out because of missing cells.</summary>
    public int DroppedRows { get; }

    /// <summary>Missing cells that were replaced by the mean.</summary>
    public int FilledCells { get; }

    /// <summary>By column: cells whose text was not known, encoded as zeros.</summary>
    public IReadOnlyDictionary<string, int> UnknownCategories { get; }
}
