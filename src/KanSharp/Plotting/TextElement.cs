namespace KanSharp.Plotting;

/// <summary>One line of text; any characters are allowed, writers escape them.</summary>
/// <param name="X">anchor, pixels</param>
/// <param name="Y">baseline, pixels</param>
/// <param name="Content">the text</param>
public sealed record TextElement(double X, double Y, string Content) : SceneElement
{
    /// <summary>Font size in pixels; default 12.</summary>
    public double Size { get; init; } = 12;

    /// <summary>Which part of the text stands at <see cref="X"/>; default its start.</summary>
    public TextAnchor Anchor { get; init; }

    /// <summary>Bold face; default false.</summary>
    public bool Bold { get; init; }

    /// <summary>Clockwise turn about the anchor in degrees; default 0.</summary>
    public double Rotation { get; init; }

    /// <summary>Raised small text behind the content (an exponent); empty by default.</summary>
    public string Superscript { get; init; } = "";
}
