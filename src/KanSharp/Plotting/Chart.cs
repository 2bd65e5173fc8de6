namespace KanSharp.Plotting;

/// <summary>
/// Lines, dots and bars over two axes. Constant data, a single point, gaps and empty series are all drawn; without any finite point the
/// picture says "no data".
/// </summary>
public sealed record Chart
{
    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the picture shows, for readers who cannot see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The horizontal axis.</summary>
    public ChartAxis X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public ChartAxis Y { get; init; } = new();

    /// <summary>The data; none by default.</summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <summary>Width in pixels, at least 160; default 640.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Height in pixels, at least 120; default 400.</summary>
    public double Height { get; init; } = 400;

    /// <summary>Whether several named series get a legend; default true.</summary>
    public bool Legend { get; init; } = true;

    internal ChartMarks Marks { get; init; } = ChartMarks.None;

    /// <summary>Draws the chart.</summary>
    /// <exception cref="ArgumentException">A series has X and Y of different lengths, or an axis has an impossible range.</exception>
    public Scene Draw()
    {
        PlotGuard.AtLeast(Width, 160, nameof(Width));
        PlotGuard.AtLeast(Height, 120, nameof(Height));
        var elements = new List<SceneElement>();
        ChartPanel.Draw(this, new Box(0, 0, Width, Height), elements);
        return new Scene
        {
            Width = Width,
            Height = Height,
            Title = Title.Length > 0 ? Title : "Chart",
            Description = Description,
            Elements = elements,
        };
    }
}
