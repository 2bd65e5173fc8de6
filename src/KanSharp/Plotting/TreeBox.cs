using KanSharp.Interpretation;

namespace KanSharp.Plotting;

/// <summary>One box of a <see cref="TreeDiagram"/> with what hangs below it.</summary>
public sealed record TreeBox
{
    /// <summary>First line, as "product" or a variable; long texts are cut.</summary>
    public required string Label { get; init; }

    /// <summary>Second line in small letters, as the variables and the score; empty (default) writes none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>How what hangs below is put together; gives the colour. Default a leaf, white.</summary>
    public StructureKind Kind { get; init; } = StructureKind.Leaf;

    /// <summary>Boxes below it, from left to right; none by default.</summary>
    public IReadOnlyList<TreeBox> Children { get; init; } = [];
}
