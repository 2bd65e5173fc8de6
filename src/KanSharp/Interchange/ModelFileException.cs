namespace KanSharp.Interchange;

/// <summary>
/// A model file that is damaged, hostile or of an unknown kind. The message says where and what. Like <see cref="Data.DataFormatException"/> it
/// is a <see cref="FormatException"/>: one catch of that serves both.
/// </summary>
public sealed class ModelFileException : FormatException
{
    /// <summary>Creates the exception; the message becomes "file: where: problem".</summary>
    /// <param name="problem">What was found and what was expected.</param>
    /// <param name="fileName">Name of the file, if known.</param>
    /// <param name="where">Part of the file, such as "header" or "tensor 'layers.0.coefficients'".</param>
    /// <param name="inner">The cause, if another exception tells more.</param>
    public ModelFileException(string problem, string? fileName = null, string? where = null, Exception? inner = null)
        : base(string.Join(": ", new[] { fileName, where, problem }.Where(part => part is not null)), inner)
    {
        FileName = fileName;
        Where = where;
    }

    /// <summary>Name of the file, if known.</summary>
    public string? FileName { get; }

    /// <summary>Part of the file that is meant, if known.</summary>
    public string? Where { get; }
}
