using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// The function of one edge with the formulas that were fitted to it, best first, and how the data spread over it: grey bars at the bottom,
/// the highest a fifth of the picture.
/// </summary>
public sealed record CandidateChart
{
    private static readonly string[] Colours = [Palette.Vermilion, Palette.Green, Palette.Purple, Palette.Orange, Palette.Sky];
    private static readonly LineDash[] Dashes = [LineDash.Dashed, LineDash.Dotted, LineDash.Dashed, LineDash.Dotted, LineDash.Dashed];

    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Label of the horizontal axis; default "x".</summary>
    public string XLabel { get; init; } = "x";

    /// <summary>Label of the vertical axis; default "φ(x)".</summary>
    public string YLabel { get; init; } = "φ(x)";

    /// <summary>Places of the curves [points], ascending.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The learned function at <see cref="X"/> [points].</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The candidates, best first; the first five are drawn.</summary>
    public required IReadOnlyList<CandidateCurve> Candidates { get; init; }

    /// <summary>Inputs of the edge in the data [samples]; none (default) draws no bars.</summary>
    public IReadOnlyList<double> Samples { get; init; } = [];

    /// <summary>Width in pixels; default 640.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Height in pixels; default 420.</summary>
    public double Height { get; init; } = 420;

    /// <summary>Draws the chart. The vertical axis follows the learned function, so that a candidate with a pole does not flatten it.</summary>
    /// <exception cref="ArgumentException">A curve has another length than <see cref="X"/>.</exception>
    public Scene Draw()
    {
        PlotGuard.SameLength(Y.Count, X.Count, nameof(Y), nameof(X));
        var series = new List<ChartSeries> { new() { Name = "learned", X = X, Y = Y, Colour = Palette.Blue, Width = 3.4 } };
        for (int i = 0; i < Candidates.Count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{nameof(Candidates)}[{i}].{nameof(CandidateCurve.Y)}");
            PlotGuard.SameLength(Candidates[i].Y.Count, X.Count, name, nameof(X));
            if (i < Colours.Length)
                series.Add(new ChartSeries { Name = Name(Candidates[i]), X = X, Y = Candidates[i].Y, Colour = Colours[i], Dash = Dashes[i], Width = 2 });
        }

        double[] places = [.. X.Where(x => AxisMap.CanShow(x, AxisScale.Linear))], values = [.. Y.Where(y => AxisMap.CanShow(y, AxisScale.Linear))];
        bool spread = places.Length > 1 && places.Max() > places.Min();
        TickSet? ticks = values.Length == 0 ? null : LinearTicks.Create(values.Min() - (0.05 * (values.Max() - values.Min())), values.Max(), 6);
        SampleHistogram? histogram = SampleHistogram.Of(Samples, 40);
        var chart = new Chart
        {
            Title = Title,
            Description = $"The learned function of one edge and {Math.Min(Candidates.Count, Colours.Length)} fitted formulas over its input.",
            X = new ChartAxis { Label = XLabel, Minimum = spread ? places.Min() : null, Maximum = spread ? places.Max() : null },
            Y = new ChartAxis { Label = YLabel, Minimum = ticks?.Minimum, Maximum = ticks?.Maximum },
            Series = series,
            Width = Width,
            Height = Height,
            Marks = new ChartMarks { Histogram = histogram, HistogramName = histogram is null ? "" : "data" },
        };
        return chart.Draw() with { Title = Title.Length > 0 ? Title : "Edge function and candidates" };
    }

    private static string Name(CandidateCurve candidate)
    {
        string r2 = double.IsNaN(candidate.R2) ? "" : ", R²\u00a0" + PlotNumber.R2(candidate.R2).Replace(' ', '\u00a0');
        string complexity = candidate.Complexity is int count ? string.Create(CultureInfo.InvariantCulture, $", complexity\u00a0{count}") : "";
        return $"{candidate.Label}{r2}{complexity}";
    }
}
