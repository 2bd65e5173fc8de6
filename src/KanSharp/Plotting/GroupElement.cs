namespace KanSharp.Plotting;

/// <summary>Elements that belong together; the opacity of the group's style applies to the group as a whole.</summary>
/// <param name="Children">elements in drawing order</param>
public sealed record GroupElement(IReadOnlyList<SceneElement> Children) : SceneElement
{
    /// <summary>What the group shows: a tooltip on screen, read aloud by readers; empty (default) writes none.</summary>
    public string Label { get; init; } = "";
}
