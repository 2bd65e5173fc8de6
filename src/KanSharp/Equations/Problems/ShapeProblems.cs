using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>Stationary equations on domains that are no boxes.</summary>
internal static class ShapeProblems
{
    // r^(2/3)·sin(2θ/3) with θ from the edge 3, where it is 0, to the edge 2. With φ = θ − 3π/4 it is r^(2/3)·cos(2φ/3), and φ/2 is an arctangent that has no jump
    // inside (the 1e-300 makes it a number at the corner): tan(φ/2) = b/(r + a) with a = r·cos φ = (y − x)/√2, b = r·sin φ = −(x + y)/√2.
    private const string Corner = "(x^2 + y^2)^(1/3)*cos(4/3*arctan(-(x + y)/(sqrt(2)*sqrt(x^2 + y^2 + 1e-300) + y - x)))";

    /// <summary>The function that vanishes on the sides is not smooth at the corner, so conditions are left to the loss.</summary>
    private static SolveOptions Singular => new() { BuildIn = false };

    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        BuiltInProblem.Of("disc", "u_xx + u_yy = -(3 + 4 x + x^2 + y^2) exp(x) on the unit disc, u = 0 on the circle", UnitDisc),
        BuiltInProblem.Of("l-shape", "u_xx + u_yy = 0 on the L-shape, u = r^(2/3) sin(2 theta/3) on the boundary: a singular corner", LShape, Singular),
        BuiltInProblem.Of("l-shape-load", "-(u_xx + u_yy) = 1 on the L-shape, u = 0 on the boundary: a singular corner", LShapeLoad, Singular, known: false),
    ];

    /// <summary>How every solution looks at the corner, to leading order (Kondratiev 1967); the network sees it as a third input.</summary>
    private static Dictionary<string, Expression> Known => new() { ["s"] = Expression.Parse(Corner) };

    private static EquationProblem UnitDisc()
    {
        var disc = new Disc(0, 0, 1);
        return new EquationProblem(disc, "u")
        {
            Equations = ["u_xx + u_yy = -(3 + 4*x + x^2 + y^2)*exp(x)"],
            Conditions = [Given.On(disc, "boundary", "u = 0")],
            Reference = Given.Known("u", Expression.Parse("(1 - x^2 - y^2)*exp(x)")),
        };
    }

    /// <summary>The boundary values are functions of one coordinate on each edge: no condition knows the solution inside.</summary>
    private static EquationProblem LShape()
    {
        Polygon shape = Polygon.LShape();
        Expression exact = Expression.Parse(Corner);
        return new EquationProblem(shape, "u")
        {
            Equations = ["u_xx + u_yy = 0"],
            Conditions =
            [
                Given.On(shape, "edge 1", Given.Equal("u", Given.Fix(exact, "y", -1))),
                Given.On(shape, "edge 2", "u = 0"),
                Given.On(shape, "edge 3", "u = 0"),
                Given.On(shape, "edge 4", Given.Equal("u", Given.Fix(exact, "x", 1))),
                Given.On(shape, "edge 5", Given.Equal("u", Given.Fix(exact, "y", 1))),
                Given.On(shape, "edge 6", Given.Equal("u", Given.Fix(exact, "x", -1))),
            ],
            Reference = Given.Known("u", exact),
            Features = Known,
        };
    }

    private static EquationProblem LShapeLoad()
    {
        Polygon shape = Polygon.LShape();
        return new EquationProblem(shape, "u")
        {
            Equations = ["u_xx + u_yy = -1"],
            Conditions = [Given.On(shape, "boundary", "u = 0")],
            Features = Known,
        };
    }
}
