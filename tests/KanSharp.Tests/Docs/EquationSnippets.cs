using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;

namespace KanSharp.Tests.Docs;

/// <summary>The C# of docs/equations.md.</summary>
public sealed class EquationSnippets : SnippetTestBase
{
    [Fact]
    public void Poisson()
    {
        // begin snippet: equations-poisson
        var square = new Box(("x", -1, 1), ("y", -1, 1));
        var problem = new EquationProblem(square, "u")
        {
            Equations = ["u_xx + u_yy = -2*pi^2*sin(pi*x)*sin(pi*y)"],
            Conditions = [Condition.On(square.FindSides("boundary"), "u = 0")],
        };
        EquationSolution solution = EquationSolver.Solve(problem);
        double centre = solution.Evaluate(new Tensor<double>(new Shape(1, 2), [0.5, 0.5]))[0, 0];      // 1
        double[] flux = solution.Derivative(solution.Problem.Domain.Interior(100, PointSequence.Sobol, 0), "u_x");
        double energy = solution.Integrate("u_x^2 + u_y^2");                                           // 2*pi^2
        // end snippet
        Assert.Equal(1, centre, 1e-8);
        Assert.Equal(100, flux.Length);
        Assert.Equal(2 * Math.PI * Math.PI, energy, 1e-6);
    }

    [Fact]
    public void Code()
    {
        // begin snippet: equations-code
        var line = new TimeDomain(new Interval("x", 0, 1), 0, 1);
        Residual heat = Residual.Of("heat", at => at["u_t"] - at["u_xx"] * 0.1 - at.Function(point => Math.Sin(point.Span[0])));
        var problem = new EquationProblem(line, "u")
        {
            Equations = [heat],
            Conditions =
            [
                Condition.On(line.FindSides("initial"), "u = sin(pi*x)"),
                Condition.On(line.FindSides("x=0"), "u = 0"),
                Condition.On(line.FindSides("x=1"), "n_x*u_x + 2*u = 0"),
            ],
        };
        EquationSolution solution = EquationSolver.Solve(problem, new SolveOptions { Grids = [8, 16], TimeLimit = TimeSpan.FromSeconds(20) });
        foreach ((string condition, double misfit) in solution.Report.Conditions)
            Console.WriteLine($"{condition}: {misfit:E1}");
        // end snippet
        Assert.Contains(solution.Report.Conditions, entry => entry.Key.Contains("x=1", StringComparison.Ordinal));
    }
}
