using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// Predicted against actual values on equal axes with the line of perfect agreement. RMSE and R² below the picture are of all points, also
/// where only a part is drawn.
/// </summary>
public sealed record ParityPlot
{
    /// <summary>Headline; default "Predicted and actual".</summary>
    public string Title { get; init; } = "Predicted and actual";

    /// <summary>Name of the quantity with its unit; empty (default) leaves it out.</summary>
    public string Quantity { get; init; } = "";

    /// <summary>True values [samples].</summary>
    public required IReadOnlyList<double> Actual { get; init; }

    /// <summary>Predicted values [samples].</summary>
    public required IReadOnlyList<double> Predicted { get; init; }

    /// <summary>Most dots drawn; above it every n-th sample is taken. Default 2000.</summary>
    public int MaxPoints { get; init; } = 2000;

    /// <summary>Width in pixels; default 460. The height follows, so that the plot area is about square.</summary>
    public double Width { get; init; } = 460;

    /// <summary>Draws the plot.</summary>
    /// <exception cref="ArgumentException">The two lists have different lengths.</exception>
    public Scene Draw()
    {
        PlotGuard.SameLength(Predicted.Count, Actual.Count, nameof(Predicted), nameof(Actual));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPoints, 1);
        int stride = Math.Max(1, (Actual.Count + MaxPoints - 1) / MaxPoints);
        double[] x = [.. Actual.Where((_, i) => i % stride == 0)], y = [.. Predicted.Where((_, i) => i % stride == 0)];
        double[] shown = [.. x.Zip(y).Where(pair => AxisMap.CanShow(pair.First, AxisScale.Linear) && AxisMap.CanShow(pair.Second, AxisScale.Linear))
            .SelectMany(pair => (double[])[pair.First, pair.Second])];
        TickSet? common = shown.Length == 0 ? null : LinearTicks.Create(shown.Min(), shown.Max(), 5);
        string suffix = Quantity.Length > 0 ? " " + Quantity : "";
        var chart = new Chart
        {
            Title = Title,
            Description = "Predicted values over actual values; points on the dashed line are predicted exactly.",
            X = new ChartAxis { Label = "actual" + suffix, Minimum = common?.Minimum, Maximum = common?.Maximum },
            Y = new ChartAxis { Label = "predicted" + suffix, Minimum = common?.Minimum, Maximum = common?.Maximum },
            Series = [new ChartSeries { Kind = SeriesKind.Scatter, X = x, Y = y }],
            Width = Width,
            Height = Width,
            Marks = new ChartMarks { Diagonal = common is not null, Note = Note(stride) },
        };
        return chart.Draw();
    }

    private string Note(int stride)
    {
        double mean = 0, squares = 0, spread = 0;
        int count = 0;
        for (int i = 0; i < Actual.Count; i++)
        {
            if (!double.IsFinite(Actual[i]) || !double.IsFinite(Predicted[i]))
                continue;
            count++;
            double step = Actual[i] - mean;
            mean += step / count;
            spread += step * (Actual[i] - mean);
            squares += (Predicted[i] - Actual[i]) * (Predicted[i] - Actual[i]);
        }

        if (count == 0)
            return "";
        string part = stride > 1 ? string.Create(CultureInfo.InvariantCulture, $", one in {stride} drawn") : "";
        string r2 = spread > 0 ? " · R² " + PlotNumber.R2(1 - (squares / spread)) : "";
        string rmse = PlotNumber.Short(Math.Sqrt(squares / count));
        string left = count < Actual.Count ? string.Create(CultureInfo.InvariantCulture, $" · {Actual.Count - count} not finite") : "";
        return string.Create(CultureInfo.InvariantCulture, $"RMSE {rmse}{r2} · {count} samples{part}{left}");
    }
}
