using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>The equations of Navier and Stokes for steady flow.</summary>
internal static class FlowProblems
{
    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        BuiltInProblem.Of("kovasznay", "Navier-Stokes for u, v, p at Re = 40 on [-0.5, 1] x [-0.5, 1.5]: Kovasznay's flow behind a grid, a system of three equations", Kovasznay),
        BuiltInProblem.Of("cavity", "flow in the unit square under a lid that moves at speed 1, Re = 100, by its stream function", Cavity,
            new SolveOptions { BuildIn = false, Grids = [10, 20] }, known: false),
    ];

    /// <summary>L. I. G. Kovasznay, "Laminar flow behind a two-dimensional grid", Proc. Camb. Phil. Soc. 44 (1948) 58. The pressure is fixed in one point.</summary>
    private static EquationProblem Kovasznay()
    {
        var box = new Box(("x", -0.5, 1), ("y", -0.5, 1.5));
        string growth = "(20 - sqrt(400 + 4*pi^2))";
        var exact = new Dictionary<string, Expression>
        {
            ["u"] = Expression.Parse($"1 - exp({growth}*x)*cos(2*pi*y)"),
            ["v"] = Expression.Parse($"{growth}/(2*pi)*exp({growth}*x)*sin(2*pi*y)"),
            ["p"] = Expression.Parse($"(1 - exp(2*{growth}*x))/2"),
        };
        var conditions = new List<Condition>();
        foreach (Side side in box.Sides)
        {
            foreach (string name in (string[])["u", "v"])
                conditions.Add(Condition.On([side], Given.Equal(name, Given.Fix(exact[name], box.Variables[side.Axis!.Value], side.Value!.Value))));
        }

        conditions.Add(Given.At([0, 0], "p = 0"));
        return new EquationProblem(box, "u", "v", "p")
        {
            Equations = ["u*u_x + v*u_y + p_x = (u_xx + u_yy)/40", "u*v_x + v*v_y + p_y = (v_xx + v_yy)/40", "u_x + v_y = 0"],
            Conditions = conditions,
            Reference = exact,
        };
    }

    /// <summary>
    /// The stream function of the corner between a wall at rest and the lid, r·f(φ) with φ from the lid (G. I. Taylor, "On scraping viscous fluid from a plane surface",
    /// 1962): f = B·sin φ + C·φ·cos φ + D·φ·sin φ vanishes with its slope at the wall, and its slope at the lid is −1.
    /// </summary>
    /// <param name="x">Distance from the wall.</param>
    private static Expression Corner(string x)
    {
        string r = $"sqrt({x}^2 + (1 - y)^2)", angle = $"(2*arctan((1 - y)/({r} + {x})))", scale = "(1/(pi^2/4 - 1))";
        return Expression.Parse($"{scale}*(-pi^2/4*(1 - y) + {angle}*{x} + pi/2*{angle}*(1 - y))");
    }

    /// <summary>
    /// The velocity (ψ_y, −ψ_x) jumps in the upper corners: pressure and vorticity are infinite there, like 1/r, and only the stream function ψ stays bounded, like r. It
    /// also conserves mass exactly and leaves one equation of fourth order. That equation, whose terms grow like r⁻³, is multiplied with r⁴ of both corners, which changes
    /// no solution and keeps the corners from outweighing everything else.
    /// </summary>
    private static EquationProblem Cavity()
    {
        Box square = Given.Square(0, 1);
        return new EquationProblem(square, "psi")
        {
            Equations =
            [
                "((x^2 + (1 - y)^2)*((1 - x)^2 + (1 - y)^2))^2*(psi_y*(psi_xxx + psi_xyy) - psi_x*(psi_xxy + psi_yyy) - (psi_xxxx + 2*psi_xxyy + psi_yyyy)/100) = 0",
            ],
            Conditions =
            [
                Given.On(square, "boundary", "psi = 0"),
                Given.On(square, "x=0", "psi_x = 0"),
                Given.On(square, "x=1", "psi_x = 0"),
                Given.On(square, "y=0", "psi_y = 0"),
                Given.On(square, "y=1", "psi_y = 1"),
            ],
            KnownParts = Given.Known("psi", Corner("x") + Corner("(1 - x)")),
        };
    }
}
