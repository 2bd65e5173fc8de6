namespace KanSharp.Plotting;

/// <summary>Paint of a scene element. Colours are <c>#rrggbb</c>; null paints nothing.</summary>
public sealed record SceneStyle
{
    internal static readonly SceneStyle Default = new();

    /// <summary>Colour of the outline; null (default) draws none.</summary>
    public string? Stroke { get; init; }

    /// <summary>Width of the outline in pixels; default 1.</summary>
    public double StrokeWidth { get; init; } = 1;

    /// <summary>Colour of the interior; black by default, null fills nothing.</summary>
    public string? Fill { get; init; } = "#000000";

    /// <summary>Opacity of the whole element in [0, 1]; default 1.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Pattern of the outline; default solid.</summary>
    public LineDash Dash { get; init; }

    internal static SceneStyle Line(string colour, double width = 1, LineDash dash = LineDash.Solid, double opacity = 1) =>
        new() { Stroke = colour, StrokeWidth = width, Fill = null, Dash = dash, Opacity = opacity };

    internal static SceneStyle Solid(string colour, double opacity = 1) => new() { Fill = colour, Opacity = opacity };
}
