namespace KanSharp.Plotting;

/// <summary>
/// The function of one edge, φ(x), with its parts (base and spline), the knots of its grid and the range of the data. Only what is given
/// is drawn.
/// </summary>
public sealed record EdgeChart
{
    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Label of the horizontal axis; default "x".</summary>
    public string XLabel { get; init; } = "x";

    /// <summary>Label of the vertical axis; default "φ(x)".</summary>
    public string YLabel { get; init; } = "φ(x)";

    /// <summary>Places of the curve [points], ascending.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>φ at <see cref="X"/> [points].</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The spline part at <see cref="X"/> [points]; none by default.</summary>
    public IReadOnlyList<double>? Spline { get; init; }

    /// <summary>The base part at <see cref="X"/> [points]; none by default.</summary>
    public IReadOnlyList<double>? Base { get; init; }

    /// <summary>Knots of the grid, drawn as ticks at the bottom; none by default. Knots outside the curve are left out.</summary>
    public IReadOnlyList<double> Knots { get; init; } = [];

    /// <summary>Smallest and largest input seen in the data; null (default) shades nothing.</summary>
    public (double Minimum, double Maximum)? DataRange { get; init; }

    /// <summary>Width in pixels; default 560.</summary>
    public double Width { get; init; } = 560;

    /// <summary>Height in pixels; default 380.</summary>
    public double Height { get; init; } = 380;

    /// <summary>Draws the chart.</summary>
    /// <exception cref="ArgumentException">A part has another length than <see cref="X"/>.</exception>
    public Scene Draw()
    {
        var series = new List<ChartSeries>();
        if (Base is not null)
            series.Add(Part("base part", Base, Palette.Green, LineDash.Dotted, nameof(Base)));
        if (Spline is not null)
            series.Add(Part("spline part", Spline, Palette.Vermilion, LineDash.Dashed, nameof(Spline)));
        series.Add(Part("φ(x)", Y, Palette.Blue, LineDash.Solid, nameof(Y)) with { Width = 2.4 });
        double[] places = [.. X.Where(double.IsFinite)];
        bool spread = places.Length > 1 && places.Max() > places.Min();
        bool inside = DataRange is (double low, double high) && low <= high && spread && low <= places.Max() && high >= places.Min();
        bool knots = spread && Knots.Any(knot => knot >= places.Min() && knot <= places.Max());
        var chart = new Chart
        {
            Title = Title,
            Description = "The function of one edge of the network over its input.",
            X = new ChartAxis { Label = XLabel, Minimum = spread ? places.Min() : null, Maximum = spread ? places.Max() : null },
            Y = new ChartAxis { Label = YLabel },
            Series = series,
            Width = Width,
            Height = Height,
            Marks = new ChartMarks
            {
                Band = inside ? (DataRange!.Value.Minimum, DataRange.Value.Maximum, "data range") : null,
                Knots = knots ? Knots : [],
                KnotsName = knots ? "knots" : "",
            },
        };
        return chart.Draw() with { Title = Title.Length > 0 ? Title : "Edge function" };
    }

    private ChartSeries Part(string name, IReadOnlyList<double> values, string colour, LineDash dash, string member)
    {
        PlotGuard.SameLength(values.Count, X.Count, member, nameof(X));
        return new ChartSeries { Name = name, X = X, Y = values, Colour = colour, Dash = dash };
    }
}
