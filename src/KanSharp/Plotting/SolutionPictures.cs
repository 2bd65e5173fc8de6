using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;

namespace KanSharp.Plotting;

/// <summary>
/// Pictures of a solved equation: curves with one variable, heat maps and slices with two, and with more of two of them while the others stand in the middle,
/// time at its end.
/// </summary>
/// <param name="solution">The solution.</param>
/// <param name="truth">The known solution, from points [N, d] to the unknowns [N, unknowns], NaN where one is not known; null for the reference of the problem.</param>
public sealed class SolutionPictures(EquationSolution solution, Func<Tensor<double>, Tensor<double>>? truth = null)
{
    private const int CurvePoints = 401, MapCells = 101, SlicePoints = 201, Slices = 5;
    private readonly Func<Tensor<double>, Tensor<double>>? _truth = truth ?? KnownSolution.Of(solution?.Problem ?? throw new ArgumentNullException(nameof(solution)));

    private EquationProblem Problem => solution.Problem;

    private Domain Domain => Problem.Domain;

    /// <summary>Names, which may be names of files, with pictures and a sentence about each.</summary>
    public IEnumerable<(string Name, Scene Scene, string Caption)> All()
    {
        if (Domain.Dimension == 1)
        {
            yield return ("curves", Curves().Draw(), _truth is null ? "The unknowns." : "The unknowns, and dashed the known solution.");
            yield return ("residual", LeftoverChart().Draw(), "What the equations leave: left less right side.");
            yield break;
        }

        Tensor<double> points = MapPoints();
        for (int field = 0; field < Problem.Unknowns.Count; field++)
        {
            string name = Problem.Unknowns[field];
            double[] values = Field(points, field, solution.Evaluate);
            yield return (name, Map(name, name, values).Draw(), $"{name}{Others()}.");
            if (_truth is not null && Field(points, field, _truth) is var exact && exact.Any(double.IsFinite))
                yield return ($"{name}-error", Map($"Error of {name}", $"{name} − exact", [.. values.Zip(exact, (own, known) => own - known)]).Draw(), $"{name} less the known solution{Others()}.");
            yield return ($"{name}-slices", SliceChart(field).Draw(), _truth is null ? $"Slices of {name}." : $"Slices of {name}; dashed the known solution.");
        }

        yield return ("residual", Map("Residual", "|residual|", Within(points, Leftover)).Draw(), $"What the equations leave{Others()}.");
    }

    /// <summary>The unknowns over the only variable, with the known solution dashed and measurements as dots.</summary>
    private Chart Curves()
    {
        Tensor<double> points = Line(0, CurvePoints, Middle());
        double[] x = Column(points, 0);
        Tensor<double> values = solution.Evaluate(points);
        Tensor<double>? exact = _truth?.Invoke(points);
        List<ChartSeries> series = [];
        for (int field = 0; field < Problem.Unknowns.Count; field++)
        {
            series.Add(new ChartSeries { Name = Problem.Unknowns[field], X = x, Y = Column(values, field), Colour = Palette.Series(field) });
            if (exact is not null)
                series.Add(Dashed(x, Column(exact, field)));
            foreach (Observations data in Problem.Data.Where(data => data.Unknown == Problem.Unknowns[field]))
                series.Add(new ChartSeries { Name = $"measured {data.Unknown}", Kind = SeriesKind.Scatter, X = Column(data.Points, 0), Y = data.Values, Colour = Palette.Series(field) });
        }

        return Plain(string.Join(", ", Problem.Unknowns), 0, series) with { Y = new ChartAxis { Label = Problem.Unknowns.Count == 1 ? Problem.Unknowns[0] : "" } };
    }

    private Chart LeftoverChart()
    {
        Tensor<double> points = Line(0, CurvePoints, Middle());
        double[] x = Column(points, 0);
        IEnumerable<ChartSeries> series = Enumerable.Range(0, Problem.Equations.Count)
            .Select(equation => new ChartSeries { Name = Problem.Equations.Count == 1 ? "" : $"equation {equation + 1}", X = x, Y = solution.Residual(points, equation) });
        return Plain("Residual", 0, [.. series]) with { Y = new ChartAxis { Label = "residual" } };
    }

    /// <summary>One unknown along the first axis, at five places of the second or of time.</summary>
    private Chart SliceChart(int field)
    {
        int along = TimeAxis == 0 ? 1 : 0, across = TimeAxis >= 0 ? TimeAxis : 1;
        List<ChartSeries> series = [];
        for (int slice = 0; slice < Slices; slice++)
        {
            double[] at = Middle();
            (double low, double high) = Domain.Bounds[across];
            at[across] = across == TimeAxis ? SolutionPoint((low, high), slice, Slices) : low + (high - low) * (slice + 1) / (Slices + 1);
            Tensor<double> points = Line(along, SlicePoints, at);
            double[] x = Column(points, along), y = Field(points, field, solution.Evaluate);
            string place = $"{Domain.Variables[across]} = {PlotNumber.Short(at[across])}";
            series.Add(new ChartSeries { Name = place, X = x, Y = y, Colour = Palette.Series(slice) });
            if (_truth is not null)
                series.Add(Dashed(x, Field(points, field, _truth)));
        }

        return Plain($"Slices of {Problem.Unknowns[field]}", along, series) with { Y = new ChartAxis { Label = Problem.Unknowns[field] } };
    }

    private HeatMap Map(string title, string label, double[] values)
    {
        (int x, int y) = MapAxes;
        return new HeatMap
        {
            Title = title,
            Description = $"{label} over {Domain.Variables[x]} and {Domain.Variables[y]}.",
            XLabel = Domain.Variables[x],
            YLabel = Domain.Variables[y],
            ValueLabel = label,
            X = Domain.Bounds[x],
            Y = Domain.Bounds[y],
            Rows = MapCells,
            Columns = MapCells,
            Values = values,
            EqualScales = TimeAxis < 0 || Domain.Dimension > 2,
        };
    }

    /// <summary>Centres of the cells of a heat map.</summary>
    private Tensor<double> MapPoints()
    {
        (int x, int y) = MapAxes;
        var points = new Tensor<double>(new Shape(MapCells * MapCells, Domain.Dimension));
        double[] at = Middle();
        for (int cell = 0; cell < points.Shape[0]; cell++)
        {
            at.CopyTo(points.Row(cell));
            points[cell, x] = Centre(Domain.Bounds[x], cell % MapCells);
            points[cell, y] = Centre(Domain.Bounds[y], cell / MapCells);
        }

        return points;
    }

    private double[] Field(Tensor<double> points, int field, Func<Tensor<double>, Tensor<double>> function) => Within(points, inside => Column(function(inside), field));

    /// <summary>Values at the points of the domain, NaN at the others.</summary>
    private double[] Within(Tensor<double> points, Func<Tensor<double>, double[]> function)
    {
        int[] rows = [.. Enumerable.Range(0, points.Shape[0]).Where(row => Domain.Contains(points.Row(row)))];
        var values = new double[points.Shape[0]];
        Array.Fill(values, double.NaN);
        if (rows.Length == 0)
            return values;
        var inside = new Tensor<double>(new Shape(rows.Length, Domain.Dimension));
        for (int index = 0; index < rows.Length; index++)
            points.Row(rows[index]).CopyTo(inside.Row(index));
        double[] found = function(inside);
        for (int index = 0; index < rows.Length; index++)
            values[rows[index]] = found[index];
        return values;
    }

    /// <summary>What all equations together leave.</summary>
    private double[] Leftover(Tensor<double> points)
    {
        var squares = new double[points.Shape[0]];
        for (int equation = 0; equation < Problem.Equations.Count; equation++)
        {
            double[] left = solution.Residual(points, equation);
            for (int row = 0; row < squares.Length; row++)
                squares[row] += left[row] * left[row];
        }

        return [.. squares.Select(Math.Sqrt)];
    }

    private (int X, int Y) MapAxes => Domain.Dimension == 2 && TimeAxis == 0 ? (1, 0)
        : Domain.Dimension == 2 || TimeAxis < 0 || TimeAxis > 1 ? (0, 1)
        : TimeAxis == 0 ? (1, 2) : (0, 2);

    private int TimeAxis => Domain.Sides.FirstOrDefault(side => side.IsInitial)?.Axis ?? -1;

    private double[] Middle() => [.. Domain.Bounds.Select((range, axis) => axis == TimeAxis && Domain.Dimension > 2 ? range.High : (range.Low + range.High) / 2)];

    /// <summary>"; z = 0.5" for the variables that stand still in heat maps.</summary>
    private string Others()
    {
        (int x, int y) = MapAxes;
        double[] at = Middle();
        return string.Concat(Enumerable.Range(0, at.Length).Where(axis => axis != x && axis != y)
            .Select(axis => $", {Domain.Variables[axis]} = {PlotNumber.Short(at[axis])}"));
    }

    private Tensor<double> Line(int axis, int count, double[] at)
    {
        var points = new Tensor<double>(new Shape(count, at.Length));
        for (int row = 0; row < count; row++)
        {
            at.CopyTo(points.Row(row));
            points[row, axis] = SolutionPoint(Domain.Bounds[axis], row, count);
        }

        return points;
    }

    private Chart Plain(string title, int axis, IReadOnlyList<ChartSeries> series) => new()
    {
        Title = title,
        Description = $"{title} over {Domain.Variables[axis]}.",
        X = new ChartAxis { Label = Domain.Variables[axis] },
        Series = series,
    };

    private static ChartSeries Dashed(double[] x, double[] y) => new() { X = x, Y = y, Colour = Palette.Axis, Dash = LineDash.Dashed, Width = 1 };

    private static double[] Column(Tensor<double> values, int column) => [.. Enumerable.Range(0, values.Shape[0]).Select(row => values[row, column])];

    private static double SolutionPoint((double Low, double High) range, int index, int count) => index == count - 1 ? range.High : range.Low + (range.High - range.Low) * index / (count - 1);

    private static double Centre((double Low, double High) range, int cell) => range.Low + (range.High - range.Low) * (cell + 0.5) / MapCells;
}
