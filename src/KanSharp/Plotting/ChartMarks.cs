namespace KanSharp.Plotting;

/// <summary>Things the ready-made charts add to a plain one.</summary>
internal sealed record ChartMarks
{
    public static readonly ChartMarks None = new();

    /// <summary>A shaded range of x.</summary>
    public (double From, double To, string Name)? Band { get; init; }

    /// <summary>Short strokes that stand on the x axis.</summary>
    public IReadOnlyList<double> Knots { get; init; } = [];

    public string KnotsName { get; init; } = "";

    /// <summary>A vertical line with a word above it.</summary>
    public (double X, string Label)? Line { get; init; }

    /// <summary>Bars at the bottom that show how the data spread over x.</summary>
    public SampleHistogram? Histogram { get; init; }

    public string HistogramName { get; init; } = "";

    /// <summary>Points with a ring around them.</summary>
    public IReadOnlyList<(double X, double Y)> Rings { get; init; } = [];

    /// <summary>Names of points, written beside them where there is room.</summary>
    public IReadOnlyList<(double X, double Y, string Name)> PointNames { get; init; } = [];

    /// <summary>Horizontal lines through the plot area.</summary>
    public IReadOnlyList<(double Y, LineDash Dash)> Levels { get; init; } = [];

    /// <summary>The line y = x.</summary>
    public bool Diagonal { get; init; }

    /// <summary>A sentence below the picture.</summary>
    public string Note { get; init; } = "";

    /// <summary>Left margin shared by panels that stand above each other.</summary>
    public double LeftMargin { get; init; }
}
