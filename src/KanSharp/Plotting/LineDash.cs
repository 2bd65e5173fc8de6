namespace KanSharp.Plotting;

/// <summary>Pattern of a line.</summary>
public enum LineDash
{
    /// <summary>An unbroken line.</summary>
    Solid,

    /// <summary>Strokes longer than the gaps.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,
}
