using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Text;
using KanSharp.Interpretation;
using KanSharp.Plotting;
using KanSharp.Tests.Plotting;
using Box = KanSharp.Equations.Domains.Box;

namespace KanSharp.Tests.Equations;

/// <summary>What is made of solutions: meshes, errors, formulas, pictures and pages.</summary>
public sealed class SolutionResultTests
{
    private static readonly Lazy<EquationSolution> Line = new(() => Solve("y' = x^2 + y", "x=-1..1", "y(0)=1", null, "3*exp(x) - x^2 - 2*x - 2"));
    private static readonly Lazy<EquationSolution> Plane = new(() => Solve("u_xx + u_yy = -1", "disc(0,0,1)", "u=0", null, "(1 - x^2 - y^2)/4"));

    [Fact]
    public void A_mesh_holds_both_ends_and_keeps_to_the_domain()
    {
        Tensor<double> line = SolutionMesh.Points(new Interval("x", -1, 1), 5);
        Assert.Equal([-1.0, -0.5, 0, 0.5, 1], line.Span.ToArray());
        Disc disc = new(0, 0, 1);
        Tensor<double> plane = SolutionMesh.Points(disc, 21);
        Assert.InRange(plane.Shape[0], 300, 330);
        Assert.All(Enumerable.Range(0, plane.Shape[0]), row => Assert.True(disc.Contains(plane.Row(row), 1e-9)));
        Assert.Throws<ArgumentException>(() => SolutionMesh.Points(disc, 1));
        Assert.Throws<ArgumentException>(() => SolutionMesh.Points(new Box([.. Enumerable.Range(1, 6).Select(axis => ($"x{axis}", 0.0, 1.0))])));
    }

    [Fact]
    public void A_table_has_values_residuals_and_errors()
    {
        Table table = SolutionMesh.Table(Line.Value, perAxis: 11);
        Assert.Equal(["x", "y", "residual", "exact_y", "error_y"], table.Columns.Select(column => column.Name));
        Assert.Equal(3 * Math.E - 5, table["y"].Numbers[10], 1e-8);
        Assert.All(table["error_y"].Numbers.ToArray(), error => Assert.InRange(error, -1e-8, 1e-8));
        EquationSolution two = Solve("x' = y; y' = -x", "t=0..1", null, "x=0; y=1", "y=cos(t)");
        Assert.Equal(["t", "x", "y", "residual_1", "residual_2", "exact_y", "error_y"], SolutionMesh.Table(two, perAxis: 3).Columns.Select(column => column.Name));
    }

    [Fact]
    public void Errors_are_measured_where_something_is_known()
    {
        (double relative, double largest) = KnownSolution.Error(Line.Value, points => new Tensor<double>(new Shape(points.Shape[0], 1)))!.Value;
        Assert.True(relative > 1e100);
        Assert.Equal(3 * Math.E - 5, largest, 0.01);
        Assert.InRange(KnownSolution.Error(Line.Value, KnownSolution.Of(Line.Value.Problem)!)!.Value.Relative, 0, 1e-8);
        Assert.Null(KnownSolution.Of(EquationText.Parse("u_x = 1", "x=0..1")));
        Assert.Null(KnownSolution.Error(Line.Value, points =>
        {
            var nothing = new Tensor<double>(new Shape(points.Shape[0], 1));
            nothing.Span.Fill(double.NaN);
            return nothing;
        }));
    }

    [Fact]
    public void A_formula_is_found_and_checked_by_the_equation()
    {
        EquationSolution solution = Solve("u_xx = 2", "x=-1..1", "u=1", null, null);
        IReadOnlyList<SolutionFormula> formulas = SolutionFormulas.Find(solution, new DiscoveryOptions { UseNetworks = false });
        Assert.Equal("u", formulas[0].Unknown);
        Assert.Equal(0.25, formulas[0].Formula.Evaluate(new Dictionary<string, double> { ["x"] = 0.5 }), 1e-6);
        Assert.InRange(formulas[0].RelativeError, 0, 1e-6);
        Assert.InRange(SolutionFormulas.Residual(solution, formulas)!.Value, 0, 1e-4);
    }

    [Fact]
    public void Residuals_are_those_of_the_equations()
    {
        Tensor<double> points = new(new Shape(2, 1), [0.25, 0.5]);
        double[] slope = Line.Value.Derivative(points, "y_x"), value = Line.Value.Evaluate(points).Span.ToArray();
        Assert.Equal(slope[1] - 0.25 - value[1], Line.Value.Residual(points)[1], 1e-14);
        Assert.Throws<ArgumentOutOfRangeException>(() => Line.Value.Residual(points, 1));
    }

    [Fact]
    public void Pictures_show_curves_maps_and_slices()
    {
        Assert.Equal(["curves", "residual"], new SolutionPictures(Line.Value).All().Select(picture => picture.Name));
        (string Name, Scene Scene, string Caption)[] maps = [.. new SolutionPictures(Plane.Value).All()];
        Assert.Equal(["u", "u-error", "u-slices", "residual"], maps.Select(picture => picture.Name));
        Assert.Contains("y = −0.6667", maps[2].Scene.ToSvg());
        ImageElement map = maps[0].Scene.Elements.OfType<ImageElement>().First();
        Assert.InRange(map.Values.Count(double.IsNaN) / (double)map.Values.Count, 1 - Math.PI / 4 - 0.03, 1 - Math.PI / 4 + 0.03);
        Assert.All(maps, picture => Assert.DoesNotContain("NaN", picture.Scene.ToSvg()));
    }

    [Fact]
    public void Time_runs_upwards_and_stands_at_its_end_in_maps_of_space()
    {
        EquationSolution heat = Solve("u_t = u_xx", "t=0..2, x=0..1", "u=0", "u=sin(pi*x)", null);
        string map = new SolutionPictures(heat).All().First().Scene.ToSvg();
        Assert.Matches(">x<.*>t<", map.ReplaceLineEndings(""));
        string slices = new SolutionPictures(heat).All().First(picture => picture.Name == "u-slices").Scene.ToSvg();
        Assert.Contains("t = 2", slices);
        EquationSolution space = Solve("u_t = u_xx + u_yy", "x=0..1, y=0..1, t=0..2", "u=0", "u=sin(pi*x)*sin(pi*y)", null);
        Assert.Contains("t = 2", new SolutionPictures(space).All().First().Caption);
    }

    [Fact]
    public void The_page_tells_problem_result_conditions_and_way()
    {
        using var german = new GermanCulture();
        string page = new SolutionPage
        {
            Solution = Plane.Value,
            Pictures = [.. new SolutionPictures(Plane.Value).All().Select(picture => (picture.Scene, picture.Caption))],
            Notes = ["a <note>"],
            History = [.. Enumerable.Range(1, 900).Select(step => new SolveProgress(1, 1, 1, 1, 10, step, 1.0 / step, 1.0 / step, 0.5 / step, TimeSpan.FromSeconds(step)))],
        }.Write();
        foreach (string part in (string[])["u_xx + u_yy = -1", "x,y in disc(0,0,1)", "holds by construction", "relative L2 error", "a &lt;note&gt;", "Convergence", "<svg"])
            Assert.Contains(part, page);
        Assert.DoesNotContain("<script", page);
        System.Xml.Linq.XDocument.Parse(page.Replace("<!DOCTYPE html>\n", ""));
    }

    private static EquationSolution Solve(string equations, string domain, string? boundary, string? initial, string? reference) =>
        EquationSolver.Solve(EquationText.Parse(equations, domain, boundary, initial, reference), new SolveOptions { Grids = [8], Rank = domain.Contains(',') ? 4 : 1, Steps = 20 });
}
