namespace KanSharp.Interchange.Checkpoints;

/// <summary>What an importer found, assumed and left out.</summary>
/// <param name="Family">The family, or families joined by " + ".</param>
/// <param name="Layers">The layers in order, each with what it became.</param>
/// <param name="Assumptions">What the file does not say and was taken as the public implementation has it.</param>
/// <param name="Unmapped">Names of tensors that became nothing.</param>
/// <param name="Warnings">What may make predictions differ from those of the original.</param>
/// <param name="Notes">What the reader of the file chose and left out.</param>
public sealed record ImportReport(
    string Family,
    IReadOnlyList<string> Layers,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<string> Unmapped,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Notes);
