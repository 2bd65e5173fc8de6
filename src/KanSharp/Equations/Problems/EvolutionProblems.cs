using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>Equations of diffusion, reaction and transport in time.</summary>
internal static class EvolutionProblems
{
    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        BuiltInProblem.Of("diffusion", "u_t = u_xx + (pi^2 - 1) exp(-t) sin(pi x) on [-1, 1] for t in [0, 1]; u = exp(-t) sin(pi x)", Diffusion),
        new("burgers", "u_t + u u_x = 0.01/pi u_xx on [-1, 1] for t in [0, 1], u(x, 0) = -sin(pi x), u = 0 at the ends", () => Burgers() with { Name = "burgers" },
            new SolveOptions { Windows = 20, Grids = [160], Degree = 5 }, BurgersSolution.Standard.Evaluate),
        BuiltInProblem.Of("allen-cahn", "u_t = 0.001 u_xx + 5 (u - u^3) on [-1, 1] for t in [0, 1], u(x, 0) = x^2 cos(pi x), u = -1 at the ends",
            () => AllenCahn("0.001"), known: false),
        BuiltInProblem.Of("allen-cahn-sharp", "as allen-cahn with 0.0001 u_xx", () => AllenCahn("0.0001"),
            new SolveOptions { Windows = 10, Grids = [100], WindowIntervals = 6, Rank = 6, Degree = 5 }, known: false),
        BuiltInProblem.Of("advection", "u_t + u_x = 0 on the circle of length 2 pi for t in [0, 2], u(x, 0) = exp(sin(x)): periodic ends", Advection),
    ];

    private static EquationProblem Diffusion()
    {
        TimeDomain line = Given.Line(-1, 1, 1);
        return new EquationProblem(line, "u")
        {
            Equations = ["u_t = u_xx + exp(-t)*(pi^2 - 1)*sin(pi*x)"],
            Conditions = [Given.On(line, "initial", "u = sin(pi*x)"), Given.On(line, "boundary", "u = 0")],
            Reference = Given.Known("u", Expression.Parse("exp(-t)*sin(pi*x)")),
        };
    }

    private static EquationProblem Burgers()
    {
        TimeDomain line = Given.Line(-1, 1, 1);
        return new EquationProblem(line, "u")
        {
            Equations = ["u_t + u*u_x = 0.01/pi*u_xx"],
            Conditions = [Given.On(line, "initial", "u = -sin(pi*x)"), Given.On(line, "boundary", "u = 0")],
        };
    }

    private static EquationProblem AllenCahn(string diffusivity)
    {
        TimeDomain line = Given.Line(-1, 1, 1);
        return new EquationProblem(line, "u")
        {
            Equations = [$"u_t = {diffusivity}*u_xx + 5*(u - u^3)"],
            Conditions = [Given.On(line, "initial", "u = x^2*cos(pi*x)"), Given.On(line, "boundary", "u = -1")],
        };
    }

    private static EquationProblem Advection()
    {
        TimeDomain circle = Given.Line(0, 2 * Math.PI, 2);
        return new EquationProblem(circle, "u")
        {
            Equations = ["u_t + u_x = 0"],
            Conditions = [Given.On(circle, "initial", "u = exp(sin(x))"), Condition.Periodic(circle.FindSides("x=0")[0])],
            Reference = Given.Known("u", Expression.Parse("exp(sin(x - t))")),
        };
    }
}
