using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>Equations of waves.</summary>
internal static class WaveProblems
{
    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        BuiltInProblem.Of("wave", "u_tt = 4 u_xx on [0, 1] for t in [0, 1], u = 0 at the ends; u = sin(pi x) cos(2 pi t) + sin(4 pi x) cos(8 pi t)/2", Wave),
        BuiltInProblem.Of("klein-gordon", "u_tt - u_xx + u^3 = f on [0, 1] for t in [0, 1]; u = x cos(5 pi t) + (x t)^3", KleinGordon),
        BuiltInProblem.Of("kdv", "u_t + 6 u u_x + u_xxx = 0 on [-10, 10] for t in [0, 1]; one soliton of speed 4", () => KortewegDeVries(Expression.Parse("2/cosh(x - 4*t + 2)^2"))),
        BuiltInProblem.Of("kdv-two", "u_t + 6 u u_x + u_xxx = 0 on [-10, 10] for t in [0, 1]; a soliton of speed 4 overtakes one of speed 1", () => KortewegDeVries(TwoSolitons())),
    ];

    /// <summary>The problem of Wang, Yu and Perdikaris (arXiv 2007.14527).</summary>
    private static EquationProblem Wave()
    {
        TimeDomain line = Given.Line(0, 1, 1);
        return new EquationProblem(line, "u")
        {
            Equations = ["u_tt = 4*u_xx"],
            Conditions =
            [
                Given.On(line, "initial", "u = sin(pi*x) + sin(4*pi*x)/2"),
                Given.On(line, "initial", "u_t = 0"),
                Given.On(line, "boundary", "u = 0"),
            ],
            Reference = Given.Known("u", Expression.Parse("sin(pi*x)*cos(2*pi*t) + sin(4*pi*x)*cos(8*pi*t)/2")),
        };
    }

    /// <summary>The problem of Wang, Teng and Perdikaris (arXiv 2001.04536).</summary>
    private static EquationProblem KleinGordon()
    {
        TimeDomain line = Given.Line(0, 1, 1);
        return new EquationProblem(line, "u")
        {
            Equations = ["u_tt - u_xx + u^3 = -25*pi^2*x*cos(5*pi*t) + 6*x^3*t - 6*x*t^3 + (x*cos(5*pi*t) + x^3*t^3)^3"],
            Conditions =
            [
                Given.On(line, "initial", "u = x"),
                Given.On(line, "initial", "u_t = 0"),
                Given.On(line, "x=0", "u = 0"),
                Given.On(line, "x=1", "u = cos(5*pi*t) + t^3"),
            ],
            Reference = Given.Known("u", Expression.Parse("x*cos(5*pi*t) + x^3*t^3")),
        };
    }

    /// <summary>On a finite interval the third derivative asks for one condition at the left end and two at the right.</summary>
    private static EquationProblem KortewegDeVries(Expression exact)
    {
        TimeDomain line = Given.Line(-10, 10, 1);
        return new EquationProblem(line, "u")
        {
            Equations = ["u_t + 6*u*u_x + u_xxx = 0"],
            Conditions =
            [
                Given.On(line, "initial", Given.Equal("u", Given.Fix(exact, "t", 0))),
                Given.On(line, "x=-10", Given.Equal("u", Given.Fix(exact, "x", -10))),
                Given.On(line, "x=10", Given.Equal("u", Given.Fix(exact, "x", 10))),
                Given.On(line, "x=10", Given.Equal("u_x", Given.Fix(exact.Differentiate("x"), "x", 10))),
            ],
            Reference = Given.Known("u", exact),
        };
    }

    /// <summary>
    /// u = 2·∂²/∂x² log F with F = 1 + e^θ₁ + e^θ₂ + ((k₁ − k₂)/(k₁ + k₂))²·e^(θ₁ + θ₂), θ = k·x − k³·t + c (R. Hirota, Phys. Rev. Lett. 27 (1971) 1192); here k₁ = 2, k₂ = 1.
    /// </summary>
    private static Expression TwoSolitons()
    {
        Expression f = Expression.Parse("1 + exp(2*x - 8*t + 4) + exp(x - t + 0.5) + exp(3*x - 9*t + 4.5)/9");
        Expression slope = f.Differentiate("x"), curvature = slope.Differentiate("x");
        return 2 * (f * curvature - Expression.Power(slope, 2)) / Expression.Power(f, 2);
    }
}
