using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// What a prediction misses (actual − predicted) over the prediction, with lines at 0 and at ± the root mean squared error. A pattern means
/// that the model could still learn something.
/// </summary>
public sealed record ResidualPlot
{
    /// <summary>Headline; default "Residuals".</summary>
    public string Title { get; init; } = "Residuals";

    /// <summary>Name of the quantity with its unit; empty (default) leaves it out.</summary>
    public string Quantity { get; init; } = "";

    /// <summary>True values [samples].</summary>
    public required IReadOnlyList<double> Actual { get; init; }

    /// <summary>Predicted values [samples].</summary>
    public required IReadOnlyList<double> Predicted { get; init; }

    /// <summary>Most dots drawn; above it every n-th sample is taken. Default 2000.</summary>
    public int MaxPoints { get; init; } = 2000;

    /// <summary>Width in pixels; default 460.</summary>
    public double Width { get; init; } = 460;

    /// <summary>Height in pixels; default 340.</summary>
    public double Height { get; init; } = 340;

    /// <summary>Draws the plot.</summary>
    /// <exception cref="ArgumentException">The two lists have different lengths.</exception>
    public Scene Draw()
    {
        PlotGuard.SameLength(Predicted.Count, Actual.Count, nameof(Predicted), nameof(Actual));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPoints, 1);
        double[] residuals = [.. Actual.Zip(Predicted, (actual, predicted) => actual - predicted)];
        double[] finite = [.. residuals.Where(double.IsFinite)];
        int stride = Math.Max(1, (residuals.Length + MaxPoints - 1) / MaxPoints);
        double mean = finite.Length == 0 ? 0 : finite.Average(), rmse = finite.Length == 0 ? 0 : Math.Sqrt(finite.Average(value => value * value));
        string suffix = Quantity.Length > 0 ? " " + Quantity : "";
        string part = stride > 1 ? string.Create(CultureInfo.InvariantCulture, $", one in {stride} drawn") : "";
        string left = finite.Length < residuals.Length ? string.Create(CultureInfo.InvariantCulture, $" · {residuals.Length - finite.Length} not finite") : "";
        var chart = new Chart
        {
            Title = Title,
            Description = "Actual minus predicted values over predicted values; dotted lines at plus and minus the root mean squared error.",
            X = new ChartAxis { Label = "predicted" + suffix },
            Y = new ChartAxis { Label = "actual − predicted" },
            Series =
            [
                new ChartSeries
                {
                    Kind = SeriesKind.Scatter,
                    X = [.. Predicted.Where((_, i) => i % stride == 0)],
                    Y = [.. residuals.Where((_, i) => i % stride == 0)],
                },
            ],
            Width = Width,
            Height = Height,
            Marks = new ChartMarks
            {
                Levels = finite.Length == 0 ? [] : [(0, LineDash.Solid), (rmse, LineDash.Dotted), (-rmse, LineDash.Dotted)],
                Note = finite.Length == 0
                    ? ""
                    : $"mean {PlotNumber.Short(mean)} · RMSE {PlotNumber.Short(rmse)} · {finite.Length.ToString(CultureInfo.InvariantCulture)} samples{part}{left}",
            },
        };
        return chart.Draw();
    }
}
