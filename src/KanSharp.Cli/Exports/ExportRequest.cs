using KanSharp.Cli.Models;

namespace KanSharp.Cli.Exports;

/// <summary>What is to be exported, and how.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="IsImageModel">Whether it is an image model, which only targets get that take them; others get models of tables and bare networks.</param>
/// <param name="File">The file to write.</param>
/// <param name="Precision">float or double; null for that of the model.</param>
internal sealed record ExportRequest(string Model, bool IsImageModel, string File, string? Precision)
{
    private readonly List<string> _notes = [];

    /// <summary>The model of a table, or the network.</summary>
    public ModelPath Path => field ??= ModelPath.Open(Model);

    /// <summary>What the user should know of the result.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>float or double, whichever the numbers of the result are.</summary>
    public string Numbers => Precision ?? (IsImageModel || Path.Info.IsSingle ? "float" : "double");

    /// <summary>Adds a note.</summary>
    public void Note(string text) => _notes.Add(text);
}
