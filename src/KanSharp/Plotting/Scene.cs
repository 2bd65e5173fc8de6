using KanSharp.Data.Images;
using KanSharp.Plotting.Rasters;

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

    /// <summary>
    /// The picture as pixels with soft edges, for a PNG file (<see cref="Png"/>). Letters are plain strokes: SVG is the better form wherever it can be shown.
    /// </summary>
    /// <param name="scale">Pixels of the image for one of the scene, positive; default 1.</param>
    /// <returns>Red, green and blue; ⌈<see cref="Width"/>·scale⌉ × ⌈<see cref="Height"/>·scale⌉ pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image would have more than 2²⁴ pixels, or none.</exception>
    /// <exception cref="ArgumentException">A colour is not of the form #rrggbb.</exception>
    public RasterImage ToImage(double scale = 1) => SceneRaster.Draw(this, scale);
}
