namespace KanSharp.Plotting;

/// <summary>Straight segments through <paramref name="Points"/>.</summary>
/// <param name="Points">corners in order, pixels</param>
public sealed record PathElement(IReadOnlyList<ScenePoint> Points) : SceneElement
{
    /// <summary>Whether the last point is joined to the first; default false.</summary>
    public bool Closed { get; init; }
}
