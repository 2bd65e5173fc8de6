using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Values over a rectangle as colours, with named axes and a bar that says which colour is which value. Cells that are not finite stay empty.</summary>
public sealed record HeatMap
{
    private const double BarWidth = 16, BarGap = 20, BarRoom = 96, Head = 8;
    private const int BarCells = 64, BarTicks = 6;

    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the picture shows, for readers who cannot see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Name of the horizontal axis.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>Name of the vertical axis.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Name of the values, above the bar of colours.</summary>
    public string ValueLabel { get; init; } = "";

    /// <summary>Ends of the horizontal axis.</summary>
    public required (double Low, double High) X { get; init; }

    /// <summary>Ends of the vertical axis.</summary>
    public required (double Low, double High) Y { get; init; }

    /// <summary>Number of cells from the bottom to the top, at least 1.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of cells from left to right, at least 1.</summary>
    public required int Columns { get; init; }

    /// <summary>Row-major [rows × columns], the lowest row first.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Whether a unit is as long on both axes; default false.</summary>
    public bool EqualScales { get; init; }

    /// <summary>Width in pixels, at least 240; default 640.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Draws the map.</summary>
    /// <exception cref="ArgumentException">The values are not rows × columns, or a range is not finite or has no length.</exception>
    public Scene Draw()
    {
        PlotGuard.AtLeast(Width, 240, nameof(Width));
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 1);
        PlotGuard.SameLength(Values.Count, Rows * Columns, nameof(Values), "rows × columns");
        foreach (((double low, double high), string name) in (ReadOnlySpan<((double, double), string)>)[(X, nameof(X)), (Y, nameof(Y))])
        {
            if (!(low < high && double.IsFinite(high - low)))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {low} to {high}; a range is finite and ascending."), name);
        }

        double aspect = EqualScales ? Math.Clamp((Y.High - Y.Low) / (X.High - X.Low), 0.3, 1.4) : 0.7;
        double height = Math.Round(aspect * (Width - BarRoom - 80)) + 90 + Head;
        var chart = new Chart
        {
            Title = Title,
            X = new ChartAxis { Label = XLabel, Minimum = X.Low, Maximum = X.High },
            Y = new ChartAxis { Label = YLabel, Minimum = Y.Low, Maximum = Y.High },
            Legend = false,
        };
        ChartLayout layout = ChartLayout.Of(chart, new Box(0, Head, Width - BarRoom, height - Head));
        var elements = new List<SceneElement>();
        ChartAxes.Draw(chart, layout, elements);
        double[] finite = [.. Values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            ChartPanel.DrawNoData(layout.Plot, elements);
        }
        else
        {
            (double low, double high) = (finite.Min(), finite.Max());
            elements.Add(Cells(layout, low, high));
            elements.Add(Frame(layout.Plot));
            DrawBar(layout.Plot, low, high, elements);
        }

        return new Scene { Width = Width, Height = height, Title = Title.Length > 0 ? Title : "Heat map", Description = Description, Elements = elements };
    }

    private ImageElement Cells(ChartLayout layout, double low, double high)
    {
        Box plot = layout.Plot;
        AxisMap x = layout.MapX(AxisScale.Linear), y = layout.MapY(AxisScale.Linear);
        var shares = new double[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                shares[((Rows - 1 - row) * Columns) + column] = Share(Values[(row * Columns) + column], low, high);
        }

        double left = Math.Max(plot.X, x[X.Low]), top = Math.Max(plot.Y, y[Y.High]);
        return new ImageElement(left, top, x[X.High] - left, y[Y.Low] - top, Rows, Columns, shares) { Ramp = ColourRamp.Viridis };
    }

    private void DrawBar(Box plot, double low, double high, List<SceneElement> elements)
    {
        var bar = new Box(plot.Right + BarGap, plot.Y, BarWidth, plot.Height);
        double[] shares = [.. Enumerable.Range(0, BarCells).Select(cell => 1 - ((cell + 0.5) / BarCells))];
        elements.Add(new ImageElement(bar.X, bar.Y, bar.Width, bar.Height, BarCells, 1, shares) { Ramp = ColourRamp.Viridis });
        elements.Add(Frame(bar));
        TickSet ticks = LinearTicks.Create(low, high, BarTicks, fixedLow: true, fixedHigh: true);
        for (int index = 0; index < ticks.Major.Count; index++)
        {
            double y = bar.Bottom - ((ticks.Major[index] - ticks.Minimum) / (ticks.Maximum - ticks.Minimum) * bar.Height);
            elements.Add(new LineElement(bar.Right, y, bar.Right + 4, y) { Style = SceneStyle.Line(Palette.Axis) });
            elements.Add(Text(bar.Right + 7, y + 4, ticks.Labels[index].Text) with { Superscript = ticks.Labels[index].Superscript });
        }

        // beside the name there is no room for the power of ten, below the bar there is
        if (ticks.Multiplier != 0)
            elements.Add(Text(bar.X, bar.Bottom + 18, "×10") with { Superscript = LogTicks.Exponent(ticks.Multiplier) });
        if (ValueLabel.Length > 0)
            elements.Add(Text(bar.X, bar.Y - 7, TextMeasure.Fit(ValueLabel, Width - bar.X - 4, ChartLayout.TickSize)));
    }

    private static double Share(double value, double low, double high) => !double.IsFinite(value) ? double.NaN : high > low ? (value - low) / (high - low) : 0.5;

    private static RectangleElement Frame(Box box) => new(box.X, box.Y, box.Width, box.Height) { Style = SceneStyle.Line(Palette.Axis) };

    private static TextElement Text(double x, double y, string text) => new(x, y, text) { Size = ChartLayout.TickSize, Style = SceneStyle.Solid(Palette.Axis) };
}
