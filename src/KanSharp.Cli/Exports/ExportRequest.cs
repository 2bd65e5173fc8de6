using KanSharp.Cli.Models;

namespace KanSharp.Cli.Exports;

/// <summary>What is to be exported, and how.</summary>
/// <param name="Path">The model.</param>
/// <param name="File">The file to write.</param>
/// <param name="Precision">float or double; null for that of the model.</param>
internal sealed record ExportRequest(ModelPath Path, string File, string? Precision)
{
    private readonly List<string> _notes = [];

    /// <summary>What the user should know of the result.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>float or double, whichever the numbers of the result are.</summary>
    public string Numbers => Precision ?? (Path.Info.IsSingle ? "float" : "double");

    /// <summary>Adds a note.</summary>
    public void Note(string text) => _notes.Add(text);
}
