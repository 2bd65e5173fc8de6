using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// Training and validation loss over the epochs on a logarithmic axis with the best epoch marked, and a metric in a panel of its own below.
/// Where a loss is zero or negative the axis is linear, so that nothing is hidden.
/// </summary>
public sealed record LossChart
{
    /// <summary>Headline; default "Loss".</summary>
    public string Title { get; init; } = "Loss";

    /// <summary>Training loss [epochs], the first value belongs to epoch 1.</summary>
    public required IReadOnlyList<double> Training { get; init; }

    /// <summary>Validation loss [epochs]; none by default. May be shorter; NaN leaves a gap.</summary>
    public IReadOnlyList<double> Validation { get; init; } = [];

    /// <summary>A further measure [epochs]; none by default.</summary>
    public IReadOnlyList<double> Metric { get; init; } = [];

    /// <summary>Name of <see cref="Metric"/>; default "metric".</summary>
    public string MetricName { get; init; } = "metric";

    /// <summary>The epoch to mark, counted from 1; null (default) takes the lowest validation loss, without one the lowest training loss.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Width in pixels; default 640.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Height in pixels of the loss panel; a metric adds three fifths of it. Default 380.</summary>
    public double Height { get; init; } = 380;

    /// <summary>Draws the chart.</summary>
    public Scene Draw()
    {
        PlotGuard.AtLeast(Width, 160, nameof(Width));
        PlotGuard.AtLeast(Height, 120, nameof(Height));
        Chart loss = ToChart();
        var elements = new List<SceneElement>();
        double height = Height;
        if (Metric.Count == 0)
        {
            ChartPanel.Draw(loss, new Box(0, 0, Width, Height), elements);
        }
        else
        {
            double lower = Math.Max(120, Math.Round(0.6 * Height));
            height += lower;
            Chart metric = MetricPanel(loss);
            double left = Math.Max(ChartLayout.LeftMargin(loss, Height), ChartLayout.LeftMargin(metric, lower));
            ChartPanel.Draw(loss with { X = loss.X with { Label = "" }, Marks = loss.Marks with { LeftMargin = left } }, new Box(0, 0, Width, Height), elements);
            ChartPanel.Draw(metric with { Marks = metric.Marks with { LeftMargin = left } }, new Box(0, Height, Width, lower), elements);
        }

        return new Scene { Width = Width, Height = height, Title = loss.Title, Description = loss.Description, Elements = elements };
    }

    /// <summary>The loss panel as a plain chart, as the terminal draws it.</summary>
    public Chart ToChart()
    {
        bool log = !Training.Concat(Validation).Any(value => value <= 0);
        int best = Best();
        var series = new List<ChartSeries> { Series("training", Training, Palette.Blue, LineDash.Solid) };
        if (Validation.Count > 0)
            series.Add(Series("validation", Validation, Palette.Vermilion, LineDash.Dashed));
        return new Chart
        {
            Title = Title,
            Description = string.Create(CultureInfo.InvariantCulture, $"Loss over {Training.Count} epochs{(best > 0 ? $", best epoch {best}" : "")}."),
            X = Epochs(),
            Y = new ChartAxis { Label = log ? "loss (log scale)" : "loss", Scale = log ? AxisScale.Log : AxisScale.Linear },
            Series = series,
            Width = Width,
            Height = Height,
            Marks = new ChartMarks
            {
                Line = best > 0 ? (best, string.Create(CultureInfo.InvariantCulture, $"best epoch {best}")) : null,
            },
        };
    }

    private Chart MetricPanel(Chart loss) => new()
    {
        X = Epochs(),
        Y = new ChartAxis { Label = MetricName },
        Series = [Series(MetricName, Metric, Palette.Green, LineDash.Solid)],
        Marks = new ChartMarks { Line = loss.Marks.Line is (double x, _) ? (x, "") : null },
    };

    // the same axis for both panels, whichever is longer; ticks only at whole epochs
    private ChartAxis Epochs()
    {
        int last = Math.Max(Training.Count, Math.Max(Validation.Count, Metric.Count));
        return new ChartAxis { Label = "epoch", WholeNumbers = true, Minimum = last > 5 ? 0 : last > 0 ? 0.5 : null, Maximum = last > 5 ? last : last > 0 ? last + 0.5 : null };
    }

    private int Best()
    {
        if (BestEpoch is int given)
            return given;
        IReadOnlyList<double> judged = Validation.Any(double.IsFinite) ? Validation : Training;
        int best = -1;
        for (int i = 0; i < judged.Count; i++)
        {
            if (double.IsFinite(judged[i]) && (best < 0 || judged[i] < judged[best]))
                best = i;
        }

        return best + 1;
    }

    private static ChartSeries Series(string name, IReadOnlyList<double> values, string colour, LineDash dash)
    {
        double[] epochs = new double[values.Count];
        for (int i = 0; i < epochs.Length; i++)
            epochs[i] = i + 1;
        return new ChartSeries { Name = name, X = epochs, Y = values, Colour = colour, Dash = dash };
    }
}
