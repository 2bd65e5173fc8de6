namespace KanSharp.Plotting;

/// <summary>
/// A finished picture that knows no device: a size, a background and elements in drawing order (later ones lie on top).
/// Coordinates are pixels at 96 dpi, x to the right, y downwards.
/// </summary>
public sealed record Scene
{
    /// <summary>Width in pixels.</summary>
    public required double Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required double Height { get; init; }

    /// <summary>Short name of the picture for readers who cannot see it.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences that say what the picture shows; empty (default) writes none.</summary>
    public string Description { get; init; } = "";

    /// <summary>Background colour; white by default, so that the picture stays legible on a dark page.</summary>
    public string Background { get; init; } = Palette.Background;

    /// <summary>The elements in drawing order.</summary>
    public required IReadOnlyList<SceneElement> Elements { get; init; }

    /// <summary>The picture as an SVG document.</summary>
    public string ToSvg() => SvgWriter.Write(this);
}
