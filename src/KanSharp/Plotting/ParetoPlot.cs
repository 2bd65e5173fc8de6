using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// Error over complexity on a logarithmic axis: every formula a dot, the front (less error than everything as simple) as steps, the pick with
/// a ring. Errors of 0 stand a decade below the others, and the picture says so.
/// </summary>
public sealed record ParetoPlot
{
    /// <summary>Headline; default "Error over complexity".</summary>
    public string Title { get; init; } = "Error over complexity";

    /// <summary>Name of the error with its unit; default "RMSE".</summary>
    public string ErrorName { get; init; } = "RMSE";

    /// <summary>The formulas, in any order.</summary>
    public required IReadOnlyList<ParetoPoint> Points { get; init; }

    /// <summary>Index of the picked formula; null (default) rings none.</summary>
    public int? Pick { get; init; }

    /// <summary>Width in pixels; default 640.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Height in pixels; default 400.</summary>
    public double Height { get; init; } = 400;

    /// <summary>Draws the plot.</summary>
    /// <exception cref="ArgumentException">An error is negative, or the pick is no point.</exception>
    public Scene Draw()
    {
        if (Pick is int pick && (uint)pick >= (uint)Points.Count)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(Pick)}: {pick}; allowed are 0 to {Points.Count - 1}."));
        for (int i = 0; i < Points.Count; i++)
        {
            if (Points[i].Error < 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(Points)}[{i}].{nameof(ParetoPoint.Error)}: {Points[i].Error}; allowed are 0 and above."));
        }

        double floor = Floor();
        int[] drawn = [.. Enumerable.Range(0, Points.Count).Where(i => double.IsFinite(Points[i].Error)).OrderBy(i => Points[i].Complexity).ThenBy(i => Points[i].Error)];
        double Shown(int i) => Math.Max(Points[i].Error, floor);
        int[] front = Front(drawn), others = [.. drawn.Except(front)];
        // the pick first: it must get its name
        int[] named = [.. front.OrderByDescending(i => i == Pick).Concat(others.Where(i => i == Pick))];
        int zeros = drawn.Count(i => Points[i].Error < floor);
        int last = drawn.Length == 0 ? 1 : drawn.Max(i => Points[i].Complexity);
        var chart = new Chart
        {
            Title = Title,
            Description = string.Create(CultureInfo.InvariantCulture, $"{drawn.Length} formulas, {front.Length} of them on the front{(Pick is null ? "" : "; the pick has a ring")}."),
            X = new ChartAxis { Label = "complexity", WholeNumbers = true, Minimum = 0, Maximum = last + Math.Max(1, last / 12) },
            Y = new ChartAxis { Label = ErrorName, Scale = AxisScale.Log },
            Series =
            [
                Steps(front, Shown),
                new ChartSeries { Name = others.Length > 0 ? "on the front" : "", Kind = SeriesKind.Scatter, X = [.. front.Select(i => (double)Points[i].Complexity)], Y = [.. front.Select(Shown)], Colour = Palette.Blue },
                new ChartSeries { Name = others.Length > 0 ? "others" : "", Kind = SeriesKind.Scatter, X = [.. others.Select(i => (double)Points[i].Complexity)], Y = [.. others.Select(Shown)], Colour = Palette.Orange },
            ],
            Width = Width,
            Height = Height,
            Marks = new ChartMarks
            {
                Rings = Pick is int ringed && double.IsFinite(Points[ringed].Error) ? [(Points[ringed].Complexity, Shown(ringed))] : [],
                PointNames = [.. named.Concat(others.Where(i => i != Pick)).Select(i => ((double)Points[i].Complexity, Shown(i), named.Contains(i) ? Points[i].Label : ""))],
                Note = zeros == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{zeros} {(zeros == 1 ? "error is" : "errors are")} below {floor:0e0} and drawn there").Replace("e-", "e−", StringComparison.Ordinal),
            },
        };
        return chart.Draw();
    }

    // a tenth of the power of ten below the smallest error that has a logarithm worth drawing
    private double Floor()
    {
        double[] positive = [.. Points.Select(point => point.Error).Where(error => double.IsFinite(error) && error > 1e-290)];
        return positive.Length == 0 ? 1e-16 : Math.Pow(10, Math.Floor(Math.Log10(positive.Min())) - (Points.Any(point => point.Error <= 1e-290) ? 1 : 0));
    }

    private int[] Front(int[] sorted)
    {
        var front = new List<int>();
        double best = double.PositiveInfinity;
        foreach (int i in sorted)
        {
            if (Points[i].Error >= best)
                continue;
            front.Add(i);
            best = Points[i].Error;
        }

        return [.. front];
    }

    private ChartSeries Steps(int[] front, Func<int, double> height)
    {
        var x = new List<double>();
        var y = new List<double>();
        for (int i = 0; i < front.Length; i++)
        {
            if (i > 0)
            {
                x.Add(Points[front[i]].Complexity);
                y.Add(height(front[i - 1]));
            }

            x.Add(Points[front[i]].Complexity);
            y.Add(height(front[i]));
        }

        return new ChartSeries { X = x, Y = y, Colour = Palette.Blue, Width = 1.4 };
    }
}
