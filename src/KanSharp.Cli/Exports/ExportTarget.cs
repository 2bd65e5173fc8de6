namespace KanSharp.Cli.Exports;

/// <summary>Something that a model can be written as.</summary>
/// <param name="Name">The word after --to.</param>
/// <param name="Extension">How its files end, with the dot.</param>
/// <param name="Description">What it is, for the help and the result.</param>
/// <param name="Write">Writes <see cref="ExportRequest.File"/> as a whole or not at all.</param>
internal sealed record ExportTarget(string Name, string Extension, string Description, Action<ExportRequest> Write)
{
    /// <summary>Whether image models can be written, too.</summary>
    public bool TakesImages { get; init; }
}
