using KanSharp.Benchmarks.Science;
using KanSharp.Equations;
using KanSharp.Equations.Problems;
using KanSharp.Plotting;

namespace KanSharp.Benchmarks.Equations;

/// <summary>Error against the intervals of the grids and against seconds, for splines of degree 3, 5 and 7: medians over seeds.</summary>
internal sealed class EquationScaling(int seeds, string folder)
{
    private static readonly int[] Grids = [5, 10, 20, 40, 80];

    public IEnumerable<Report> Run()
    {
        var byGrid = new List<ChartSeries>();
        var bySeconds = new List<ChartSeries>();
        foreach (string name in (string[])["poisson", "helmholtz", "diffusion"])
        {
            BuiltInProblem problem = BuiltInProblems.Find(name)!;
            foreach (int degree in (int[])[3, 5, 7])
            {
                var errors = new List<double>();
                var seconds = new List<double>();
                Solve(problem, degree, Grids[0], 0); // compiles the code
                foreach (int grid in Grids)
                {
                    SolveReport[] reports = [.. Enumerable.Range(0, seeds).Select(seed => Solve(problem, degree, grid, (ulong)seed))];
                    errors.Add(ScienceFit.Median(reports.Select(report => report.RelativeError!.Value)));
                    seconds.Add(ScienceFit.Median(reports.Select(report => report.Seconds)));
                    yield return new Report("equations").Add("problem", name).Add("degree", degree).Add("grid", grid).Add("seeds", seeds)
                        .Add("relative_l2_error", errors[^1]).Add("seconds", seconds[^1]).Add("parameters", reports[0].Parameters);
                }

                LineDash dash = degree switch { 3 => LineDash.Dotted, 5 => LineDash.Dashed, _ => LineDash.Solid };
                string label = $"{name}, degree {degree}";
                byGrid.Add(new ChartSeries { Name = label, X = [.. Grids.Select(grid => (double)grid)], Y = errors, Dash = dash });
                bySeconds.Add(new ChartSeries { Name = label, X = seconds, Y = errors, Dash = dash });
            }
        }

        if (folder.Length == 0)
            yield break;
        Directory.CreateDirectory(folder);
        Write("equations-grid.svg", "intervals G", byGrid);
        Write("equations-seconds.svg", "seconds", bySeconds);
    }

    /// <summary>The stages double up to the grid, as they do by default.</summary>
    private static SolveReport Solve(BuiltInProblem problem, int degree, int grid, ulong seed) => EquationSolver.Solve(
        problem.Create(), new SolveOptions { Degree = degree, Grids = [.. Grids.Where(stage => stage <= grid)], Rank = 4, Seed = seed }).Report;

    private void Write(string file, string axis, IReadOnlyList<ChartSeries> series)
    {
        var chart = new Chart
        {
            Title = "Relative error of solved equations",
            Description = $"Relative L2 error against {axis}, both logarithmic.",
            X = new ChartAxis { Label = axis, Scale = AxisScale.Log },
            Y = new ChartAxis { Label = "relative L2 error", Scale = AxisScale.Log },
            Series = series,
            Width = 860,
            Height = 520,
        };
        File.WriteAllText(Path.Combine(folder, file), chart.Draw().ToSvg());
    }
}
