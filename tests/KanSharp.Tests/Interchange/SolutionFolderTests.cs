using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Text;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interchange;

/// <summary>A solution that is saved and loaded is the same function with the same derivatives.</summary>
public sealed class SolutionFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kansharp-solution-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Products_of_functions_of_one_variable() =>
        RoundTrip(EquationText.Parse("u_xx + u_yy = 1", "x=-1..1, y=0..1", "u=0", reference: "x"), new SolveOptions { Grids = [4], Steps = 3 }, "u_xy");

    [Fact]
    public void A_network_with_a_periodic_variable() => RoundTrip(
        EquationText.Parse("u_t = u_xx", "x=0..2, t=0..1", "periodic x", "u=sin(pi*x)"),
        new SolveOptions { Shape = NetworkShape.Parse("2,3,1"), Grids = [3], Steps = 3 }, "u_xx");

    [Fact]
    public void Windows_of_time_and_two_unknowns() => RoundTrip(
        EquationText.Parse("x' = y; y' = -x^3", "t=0..2", null, "x=0; y=1"), new SolveOptions { Windows = 3, Grids = [4], Steps = 3 }, "x_t");

    [Fact]
    public void Waves_become_splines_that_are_close() => RoundTrip(
        EquationText.Parse("u_t + u_x = 0", "x=0..2*pi, t=0..1", "periodic x", "u=sin(x)"), new SolveOptions { Grids = [4], Steps = 5 }, "u_x", 1e-8);

    [Fact]
    public void Conditions_left_to_the_loss() =>
        RoundTrip(EquationText.Parse("u_xx = 1", "x=0..1", "u=0"), new SolveOptions { BuildIn = false, Grids = [4], Steps = 5 }, "u_xx");

    [Fact]
    public void A_shape_of_the_plane_with_normals_and_a_known_part() => RoundTrip(
        EquationText.Parse("u_xx + u_yy = 1", "polygon(0 0, 1 0, 0.5 1)", "u(edge 1)=0; u_n(edge 2)=0; u(edge 3)=0; u(x=0.5,y=0.2)=0") with
        {
            KnownParts = new Dictionary<string, Expression> { ["u"] = Expression.Parse("x*y") },
            Features = new Dictionary<string, Expression> { ["r"] = Expression.Parse("x^2 + y^2") },
        }, new SolveOptions { Grids = [3], Steps = 3 }, "u_y");

    [Fact]
    public void Data_and_identified_coefficients()
    {
        EquationProblem problem = EquationText.Parse("u_x = D*u", "x=0..1", "u(0)=1", coefficients: "D=0.5") with
        {
            Data = [new Observations("u", new Tensor<double>(new Shape(2, 1), [0.5, 1]), [1.6, 2.7], 2)],
        };
        EquationSolution loaded = RoundTrip(problem, new SolveOptions { Grids = [4], Steps = 5 }, "u_x");
        Assert.Equal([1.6, 2.7], loaded.Problem.Data[0].Values);
        Assert.Equal(2, loaded.Problem.Data[0].Weight);
        Assert.Equal(0.5, loaded.Problem.Coefficients[0].Start);
    }

    [Fact]
    public void Code_is_not_kept_and_the_problem_is_given_when_loading()
    {
        EquationProblem problem = EquationText.Parse("u_xx = 1", "x=0..1", "u=0") with { Equations = [Residual.Of("mine", at => at["u_xx"] - 1)] };
        EquationSolution solution = EquationSolver.Solve(problem, new SolveOptions { Grids = [4], Steps = 3 });
        SolutionFolder.Save(_folder, solution);
        Assert.Contains("is code, which no file keeps", Assert.Throws<ModelFileException>(() => SolutionFolder.Load(_folder)).Message);
        Same(solution, SolutionFolder.Load(_folder, problem), "u_xx", 1e-12);
    }

    [Fact]
    public void Damaged_files_are_said_to_be()
    {
        SolutionFolder.Save(_folder, EquationSolver.Solve(EquationText.Parse("u_xx = 1", "x=0..1", "u=0"), new SolveOptions { Grids = [4], Steps = 1 }));
        string file = Path.Combine(_folder, SolutionFolder.ProblemFile), text = File.ReadAllText(file);
        foreach ((string from, string to, string expected) in ((string, string, string)[])
            [
                ("kan-equation", "kan", "no solved equation"), ("\"format_version\": \"1\"", "\"format_version\": \"9\"", "format version '9'"), ("x=0..1", "x=0", "x=0"),
                ("network.safetensors", "../network.safetensors", "the name of a file in the folder"), ("\"x=1\"", "\"x=2\"", "no side 'x=2'"), ("{", "", "invalid"), ("u_xx - 1", "u_xx -", "position"),
                ("\"windows\"", "\"panes\"", ""),
            ])
        {
            Assert.Contains(from, text);
            File.WriteAllText(file, text.Replace(from, to));
            Assert.Contains(expected, Assert.Throws<ModelFileException>(() => SolutionFolder.Load(_folder)).Message);
        }

        File.Delete(file);
        Assert.Throws<FileNotFoundException>(() => SolutionFolder.Load(_folder));
    }

    private EquationSolution RoundTrip(EquationProblem problem, SolveOptions options, string derivative, double tolerance = 1e-11)
    {
        EquationSolution solution = EquationSolver.Solve(problem with { Name = "round trip" }, options);
        IReadOnlyList<string> files = SolutionFolder.Save(_folder, solution);
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.EnumerateFiles(_folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        EquationSolution loaded = SolutionFolder.Load(_folder);
        Same(solution, loaded, derivative, tolerance);
        Assert.Equal("round trip", loaded.Problem.Name);
        Assert.Equal(solution.Problem.Domain.ToString(), loaded.Problem.Domain.ToString());
        Assert.Equal(solution.Problem.Unknowns, loaded.Problem.Unknowns);
        Assert.Equal(solution.Problem.Equations.Select(equation => equation.Text), loaded.Problem.Equations.Select(equation => equation.Text));
        Assert.Equal(solution.Problem.Conditions.Select(condition => condition.ToString()), loaded.Problem.Conditions.Select(condition => condition.ToString()));
        Assert.Equal(solution.Problem.Reference, loaded.Problem.Reference);
        Assert.Equal(solution.Coefficients, loaded.Coefficients);
        Assert.Equal(solution.Report.Residual, loaded.Report.Residual);
        Assert.Equal(solution.Report.Stages, loaded.Report.Stages);
        Assert.Equal(solution.Report.BuiltIn, loaded.Report.BuiltIn);

        // saving what was loaded gives the same files
        string[] before = [.. files.Select(file => Convert.ToHexString(File.ReadAllBytes(Path.Combine(_folder, file))))];
        SolutionFolder.Save(_folder, loaded);
        Assert.Equal(before, files.Select(file => Convert.ToHexString(File.ReadAllBytes(Path.Combine(_folder, file)))));
        return loaded;
    }

    private static void Same(EquationSolution expected, EquationSolution actual, string derivative, double tolerance)
    {
        Tensor<double> points = expected.Problem.Domain.Interior(100, PointSequence.Sobol, 9);
        double[] values = expected.Evaluate(points).Span.ToArray(), slopes = expected.Derivative(points, derivative);
        double[] ownValues = actual.Evaluate(points).Span.ToArray(), ownSlopes = actual.Derivative(points, derivative);
        for (int index = 0; index < values.Length; index++)
            Assert.Equal(values[index], ownValues[index], tolerance);
        for (int index = 0; index < slopes.Length; index++)
            Assert.Equal(slopes[index], ownSlopes[index], 1000 * tolerance);
    }
}
