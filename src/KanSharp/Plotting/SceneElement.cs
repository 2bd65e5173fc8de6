namespace KanSharp.Plotting;

/// <summary>One drawn thing of a <see cref="Scene"/>.</summary>
public abstract record SceneElement
{
    /// <summary>How it is painted; black fill without stroke where nothing is said.</summary>
    public SceneStyle Style { get; init; } = SceneStyle.Default;
}
