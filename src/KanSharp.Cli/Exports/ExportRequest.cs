using KanSharp.Cli.Models;
using KanSharp.Data;

namespace KanSharp.Cli.Exports;

/// <summary>What is to be exported, and how.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="IsImageModel">Whether it is an image model, which only targets get that take them; others get models of tables and bare networks.</param>
/// <param name="File">The file to write.</param>
/// <param name="Precision">f32 or f64; null for that of the model.</param>
internal sealed record ExportRequest(string Model, bool IsImageModel, string File, string? Precision)
{
    private readonly List<string> _notes = [];

    /// <summary>Name of a class or prefix of names in code; null for the usual one.</summary>
    public string? Name { get; init; }

    /// <summary>Table whose columns give the ranges of a fixed-point header; null if none was given.</summary>
    public string? Data { get; init; }

    /// <summary>How <see cref="Data"/> is read.</summary>
    public CsvOptions Reading { get; init; } = new();

    /// <summary>Cells of the tables of a fixed-point header as a power of 2; null for the usual number.</summary>
    public int? TableBits { get; init; }

    /// <summary>The model of a table, or the network.</summary>
    public ModelPath Path => field ??= ModelPath.Open(Model);

    /// <summary>What the user should know of the result.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>f32 or f64, whichever floating-point numbers of the result are.</summary>
    public string Numbers => Precision ?? (IsImageModel || Path.Info.IsSingle ? "f32" : "f64");

    /// <summary>Adds a note.</summary>
    public void Note(string text) => _notes.Add(text);
}
