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

    /// <summary>Whether the numbers can have another precision than the model's.</summary>
    public bool TakesPrecision { get; init; }

    /// <summary>Whether the code has a name.</summary>
    public bool TakesName { get; init; }

    /// <summary>Whether the ranges of the inputs are needed.</summary>
    public bool TakesData { get; init; }

    /// <summary>The kind of its numbers where they are not floating-point numbers of the model's or the asked precision; empty where it has none worth a word.</summary>
    public string? Numbers { get; init; }
}
