using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>Stationary equations on squares.</summary>
internal static class EllipticProblems
{
    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        BuiltInProblem.Of("poisson", "u_xx + u_yy = -2 pi^2 sin(pi x) sin(pi y) on [-1, 1]^2, u = 0 on the boundary", Poisson),
        BuiltInProblem.Of("poisson-square", "the Poisson equation of the KAN paper (arXiv 2404.19756, section 3.4), u = sin(pi x) sin(pi y^2) on [-1, 1]^2", PoissonSquare),
        BuiltInProblem.Of("helmholtz", "u_xx + u_yy + u = (1 - 17 pi^2) sin(pi x) sin(4 pi y) on [-1, 1]^2, u = 0 on the boundary", Helmholtz),
        BuiltInProblem.Of("neumann", "u_xx + u_yy - u = -(1 + 5 pi^2) cos(pi x) cos(2 pi y) on [0, 1]^2, no flux through the boundary", Neumann),
        BuiltInProblem.Of("robin", "u_xx + u_yy = 0 on [0, 1]^2, du/dn + u given on the boundary; u = exp(x) sin(y)", Robin),
    ];

    private static EquationProblem Poisson() => ZeroOnBoundary("u_xx + u_yy = -2*pi^2*sin(pi*x)*sin(pi*y)", "sin(pi*x)*sin(pi*y)");

    private static EquationProblem PoissonSquare() => ZeroOnBoundary(
        "u_xx + u_yy = -pi^2*(1 + 4*y^2)*sin(pi*x)*sin(pi*y^2) + 2*pi*sin(pi*x)*cos(pi*y^2)", "sin(pi*x)*sin(pi*y^2)");

    /// <summary>The problem of Wang, Teng and Perdikaris (arXiv 2001.04536) with a₁ = 1, a₂ = 4, k = 1.</summary>
    private static EquationProblem Helmholtz() => ZeroOnBoundary("u_xx + u_yy + u = (1 - 17*pi^2)*sin(pi*x)*sin(4*pi*y)", "sin(pi*x)*sin(4*pi*y)");

    private static EquationProblem ZeroOnBoundary(string equation, string exact)
    {
        Box square = Given.Square(-1, 1);
        return new EquationProblem(square, "u")
        {
            Equations = [equation],
            Conditions = [Given.On(square, "boundary", "u = 0")],
            Reference = Given.Known("u", Expression.Parse(exact)),
        };
    }

    private static EquationProblem Neumann()
    {
        Box square = Given.Square(0, 1);
        return new EquationProblem(square, "u")
        {
            Equations = ["u_xx + u_yy - u = -(1 + 5*pi^2)*cos(pi*x)*cos(2*pi*y)"],
            Conditions = [Given.On(square, "boundary", "n_x*u_x + n_y*u_y = 0")],
            Reference = Given.Known("u", Expression.Parse("cos(pi*x)*cos(2*pi*y)")),
        };
    }

    private static EquationProblem Robin()
    {
        Box square = Given.Square(0, 1);
        return new EquationProblem(square, "u")
        {
            Equations = ["u_xx + u_yy = 0"],
            Conditions =
            [
                Given.On(square, "x=0", "n_x*u_x + u = 0"),
                Given.On(square, "x=1", "n_x*u_x + u = 2*e*sin(y)"),
                Given.On(square, "y=0", "n_y*u_y + u = -exp(x)"),
                Given.On(square, "y=1", "n_y*u_y + u = exp(x)*(cos(1) + sin(1))"),
            ],
            Reference = Given.Known("u", Expression.Parse("exp(x)*sin(y)")),
        };
    }
}
