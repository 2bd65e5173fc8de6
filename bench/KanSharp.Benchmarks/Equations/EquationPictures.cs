using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Plotting;
using KanSharp.Tests.Equations.Truth;

namespace KanSharp.Benchmarks.Equations;

/// <summary>A picture for each problem: curves of one variable, or maps of solution and error over two; for the cavity velocities on the centre lines.</summary>
internal static class EquationPictures
{
    private const int Cells = 60, CurvePoints = 201;

    /// <summary>Writes NAME.svg.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="bench">The problem.</param>
    /// <param name="solution">Its solution.</param>
    public static void Write(string folder, EquationBench bench, EquationSolution solution)
    {
        Directory.CreateDirectory(folder);
        Domain domain = solution.Problem.Domain;
        Scene scene = bench.Problem.Name == "cavity" ? Cavity(solution) : domain.Dimension == 1 ? Curves(bench, solution) : Maps(bench, solution);
        File.WriteAllText(Path.Combine(folder, $"{bench.Problem.Name}.svg"), scene.ToSvg());
    }

    private static Scene Curves(EquationBench bench, EquationSolution solution)
    {
        (double low, double high) = solution.Problem.Domain.Bounds[0];
        var points = new Tensor<double>(new Shape(CurvePoints, 1));
        for (int row = 0; row < CurvePoints; row++)
            points[row, 0] = low + (high - low) * row / (CurvePoints - 1);
        double[] x = points.Span.ToArray();
        Tensor<double> values = solution.Evaluate(points);
        Tensor<double>? truth = NumericalTruth.Of(bench.Problem)?.Invoke(points);
        var series = new List<ChartSeries>();
        for (int field = 0; field < solution.Problem.Unknowns.Count; field++)
        {
            string name = solution.Problem.Unknowns[field];
            series.Add(new ChartSeries { Name = name, X = x, Y = Column(values, field) });
            if (truth is not null)
                series.Add(new ChartSeries { Name = $"{name}, exact", X = x, Y = Column(truth, field), Dash = LineDash.Dashed });
        }

        return Chart(bench.Problem.Name, bench.Problem.Description, solution.Problem.Domain.Variables[0], series);
    }

    private static Scene Cavity(EquationSolution solution)
    {
        double[] places = [.. Enumerable.Range(0, CurvePoints).Select(index => index / (CurvePoints - 1.0))];
        ChartSeries[] series =
        [
            new() { Name = "u on x = 1/2, against y", X = places, Y = CavityLines.Along(solution, "psi_y", places, vertical: true) },
            new() { Name = "v on y = 1/2, against x", X = places, Y = [.. CavityLines.Along(solution, "psi_x", places, vertical: false).Select(value => -value)] },
            new() { Name = "u, Ghia et al. 1982", X = [.. GhiaTable.U.Select(row => row.Place)], Y = [.. GhiaTable.U.Select(row => row.Velocity)], Kind = SeriesKind.Scatter },
            new() { Name = "v, Ghia et al. 1982", X = [.. GhiaTable.V.Select(row => row.Place)], Y = [.. GhiaTable.V.Select(row => row.Velocity)], Kind = SeriesKind.Scatter },
        ];
        return Chart("cavity", "Velocities of the driven cavity at Re = 100 on its centre lines, and the published table.", "y or x", series);
    }

    private static Scene Chart(string title, string description, string axis, IReadOnlyList<ChartSeries> series) => new Chart
    {
        Title = title,
        Description = description,
        X = new ChartAxis { Label = axis },
        Series = series,
        Width = 720,
        Height = 420,
    }.Draw();

    private static Scene Maps(EquationBench bench, EquationSolution solution)
    {
        Domain domain = solution.Problem.Domain;
        var points = new Tensor<double>(new Shape(Cells * Cells, 2));
        for (int row = 0; row < points.Shape.Rows; row++)
        {
            for (int axis = 0; axis < 2; axis++)
            {
                (double low, double high) = domain.Bounds[axis];
                points[row, axis] = low + (high - low) * ((axis == 0 ? row % Cells : row / Cells) + 0.5) / Cells;
            }
        }

        // rows outside are computed at a point inside and not shown
        bool[] inside = [.. Enumerable.Range(0, points.Shape.Rows).Select(row => domain.Contains(points.Row(row)))];
        int some = Array.IndexOf(inside, true);
        for (int row = 0; row < inside.Length; row++)
        {
            if (!inside[row])
                points.Row(some).CopyTo(points.Row(row));
        }

        Tensor<double> values = solution.Evaluate(points);
        Tensor<double>? truth = NumericalTruth.Of(bench.Problem)?.Invoke(points);
        (string, double, double)[] axes = [.. domain.Bounds.Select((range, axis) => (domain.Variables[axis], range.Low, range.High))];
        var elements = new List<SceneElement>();
        (double width, double height) = HeatPanel.Size;
        int fields = solution.Problem.Unknowns.Count;
        for (int field = 0; field < fields; field++)
        {
            double[] now = Column(values, field);
            new HeatPanel($"{bench.Problem.Name}: {solution.Problem.Unknowns[field]}", axes, Table(now, inside)).Draw(0, field * height, elements);
            if (truth is not null)
                new HeatPanel("error", axes, Table([.. now.Zip(Column(truth, field), (a, b) => a - b)], inside)).Draw(width, field * height, elements);
        }

        return new Scene
        {
            Width = truth is null ? width : 2 * width,
            Height = fields * height,
            Title = bench.Problem.Name,
            Description = $"{bench.Problem.Description}: the solution and its error.",
            Elements = elements,
        };
    }

    private static double[] Column(Tensor<double> table, int column) => [.. Enumerable.Range(0, table.Shape.Rows).Select(row => table[row, column])];

    private static double[,] Table(double[] values, bool[] shown)
    {
        var cells = new double[Cells, Cells];
        for (int row = 0; row < values.Length; row++)
            cells[row / Cells, row % Cells] = shown[row] ? values[row] : double.NaN;
        return cells;
    }
}
