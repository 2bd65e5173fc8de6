namespace KanSharp.Data;

/// <summary>
/// A data file or table whose content is not what was expected. The message says where and what. It is a <see cref="FormatException"/>, as is
/// the exception for damaged model files: one catch of that serves both.
/// </summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>Creates the exception; the message becomes "file: row 17, column 'speed': problem".</summary>
    /// <param name="problem">What is wrong, what was expected and what may help.</param>
    /// <param name="fileName">Name of the file or of the source; null where there is none.</param>
    /// <param name="row">Line in the file, from 1; null where no single row is meant.</param>
    /// <param name="column">Column name; null where no single column is meant.</param>
    /// <param name="inner">The cause, if another exception tells more.</param>
    public DataFormatException(string problem, string? fileName = null, int? row = null, string? column = null, Exception? inner = null)
        : base(Compose(problem, fileName, row, column), inner)
    {
        FileName = fileName;
        Row = row;
        Column = column;
    }

    /// <summary>Name of the file or of the source, if known.</summary>
    public string? FileName { get; }

    /// <summary>Line in the file, from 1, if a single row is meant.</summary>
    public int? Row { get; }

    /// <summary>Column name, if a single column is meant.</summary>
    public string? Column { get; }

    private static string Compose(string problem, string? fileName, int? row, string? column)
    {
        string place = (row, column) switch
        {
            (null, null) => "",
            (int line, null) => $"row {line}: ",
            (null, string name) => $"column '{name}': ",
            (int line, string name) => $"row {line}, column '{name}': ",
        };
        return fileName is null ? place + problem : $"{fileName}: {place}{problem}";
    }
}
