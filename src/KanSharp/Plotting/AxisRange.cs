using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>Finds what an axis has to show.</summary>
internal static class AxisRange
{
    /// <summary>The ticks for the data of the chart, or for [0, 1] ([1, 10] on a logarithmic axis) where there is none.</summary>
    public static TickSet Of(Chart chart, bool vertical, int intervals)
    {
        ChartAxis axis = vertical ? chart.Y : chart.X;
        if (axis.Categories.Count > 0)
            return LinearTicks.Named(axis.Categories);
        (double low, double high) = Data(chart, vertical);
        Check(axis, vertical);
        if (low > high)
            (low, high) = axis.Scale == AxisScale.Log ? (1, 10) : (0, 1);
        if (axis.Minimum is double minimum)
            (low, high) = (minimum, Math.Max(high, minimum));
        if (axis.Maximum is double maximum)
            (low, high) = (Math.Min(low, maximum), maximum);
        return axis.Scale == AxisScale.Log
            ? LogTicks.Create(low, high, intervals, axis.Minimum is not null, axis.Maximum is not null)
            : LinearTicks.Create(low, high, intervals, axis.Minimum is not null, axis.Maximum is not null, axis.WholeNumbers);
    }

    /// <summary>Whether the chart can draw a point.</summary>
    public static bool Shows(Chart chart, double x, double y) =>
        AxisMap.CanShow(x, chart.X.Scale) && AxisMap.CanShow(y, chart.Y.Scale);

    private static (double Low, double High) Data(Chart chart, bool vertical)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        bool bars = false;
        foreach (ChartSeries series in chart.Series)
        {
            for (int i = 0; i < series.X.Count; i++)
            {
                if (!Shows(chart, series.X[i], series.Y[i]))
                    continue;
                double value = vertical ? series.Y[i] : series.X[i];
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
                bars |= series.Kind == SeriesKind.Bar;
            }
        }

        if (bars && vertical && chart.Y.Scale == AxisScale.Linear)
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (bars && !vertical && chart.X.Scale == AxisScale.Linear)
            (low, high) = (low - 0.5, high + 0.5);
        return (low, high);
    }

    private static void Check(ChartAxis axis, bool vertical)
    {
        string name = vertical ? "Y" : "X";
        foreach (double? end in (ReadOnlySpan<double?>)[axis.Minimum, axis.Maximum])
        {
            if (end is double value && !AxisMap.CanShow(value, axis.Scale))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} axis: its end {value} cannot be shown on a {axis.Scale} scale."));
        }

        if (axis.Minimum >= axis.Maximum)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} axis: Minimum {axis.Minimum} is not below Maximum {axis.Maximum}."));
    }
}
