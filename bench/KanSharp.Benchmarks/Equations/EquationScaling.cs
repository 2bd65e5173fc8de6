using System.Globalization;
using KanSharp.Benchmarks.Science;
using KanSharp.Equations;
using KanSharp.Equations.Problems;
using KanSharp.Plotting;

namespace KanSharp.Benchmarks.Equations;

/// <summary>Error against the intervals of the grids, and against seconds, of problems with smooth solutions.</summary>
internal static class EquationScaling
{
    private static readonly string[] s_problems = ["poisson", "helmholtz", "diffusion"];

    public static IEnumerable<Report> Run(string name, int seeds, int[] grids, int[] degrees, string data, string pictures)
    {
        var byGrid = new List<ChartSeries>();
        var bySeconds = new List<ChartSeries>();
        var lines = new List<string> { "problem,degree,grid,relative_l2,seconds,parameters" };
        EquationSolver.Solve(BuiltInProblems.Find("poisson")!.Create(), new SolveOptions { Grids = [4], Steps = 2 }); // compiles the code
        foreach (string problem in s_problems)
        {
            BuiltInProblem entry = BuiltInProblems.Find(problem)!;
            foreach (int degree in degrees)
            {
                SolveStage[][] runs = [.. Enumerable.Range(0, seeds).Select(seed => EquationSolver.Solve(
                    entry.Create(), entry.Options with { Grids = grids, Degree = degree, Windows = 1, Seed = (ulong)seed }).Report.Stages.ToArray())];
                (int Grid, double Error, double Seconds)[] medians = [.. grids.Select((grid, index) =>
                    (grid, ScienceFit.Median(runs.Select(run => run[index].RelativeError!.Value)), ScienceFit.Median(runs.Select(run => run[index].Seconds))))];
                foreach ((int grid, double error, double seconds) in medians)
                {
                    int parameters = runs[0][Array.IndexOf(grids, grid)].Parameters;
                    lines.Add(string.Create(CultureInfo.InvariantCulture, $"{problem},{degree},{grid},{error:G4},{seconds:G4},{parameters}"));
                    yield return new Report(name).Add("problem", problem).Add("degree", degree).Add("grid", grid).Add("parameters", parameters)
                        .Add("relative_l2", error).Add("seconds", seconds).Add("seeds", seeds);
                }

                string label = string.Create(CultureInfo.InvariantCulture, $"{problem}, degree {degree}");
                LineDash dash = degree == degrees[0] ? LineDash.Solid : LineDash.Dashed;
                byGrid.Add(new ChartSeries { Name = label, X = [.. medians.Select(one => (double)one.Grid)], Y = [.. medians.Select(one => one.Error)], Dash = dash });
                bySeconds.Add(new ChartSeries { Name = label, X = [.. medians.Select(one => one.Seconds)], Y = [.. medians.Select(one => one.Error)], Dash = dash });
            }
        }

        Directory.CreateDirectory(data);
        File.WriteAllLines(Path.Combine(data, "scaling.csv"), lines);
        Write(pictures, "equations-scaling-grid.svg", "intervals G", byGrid);
        Write(pictures, "equations-scaling-seconds.svg", "seconds", bySeconds);
    }

    private static void Write(string folder, string file, string axis, IReadOnlyList<ChartSeries> series)
    {
        var chart = new Chart
        {
            Title = "Differential equations: error of the solution",
            Description = $"Relative L2 error of the solutions of three equations against {axis}, both logarithmic; splines of two degrees.",
            X = new ChartAxis { Label = axis, Scale = AxisScale.Log },
            Y = new ChartAxis { Label = "relative L2 error", Scale = AxisScale.Log },
            Series = series,
            Width = 860,
            Height = 520,
        };
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), chart.Draw().ToSvg());
    }
}
