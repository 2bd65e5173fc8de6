namespace KanSharp.Plotting;

/// <summary>Which part of a text stands at its anchor.</summary>
public enum TextAnchor
{
    /// <summary>The first character.</summary>
    Start,

    /// <summary>The middle.</summary>
    Middle,

    /// <summary>The last character.</summary>
    End,
}
