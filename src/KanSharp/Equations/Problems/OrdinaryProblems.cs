using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>Ordinary differential equations.</summary>
internal static class OrdinaryProblems
{
    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        BuiltInProblem.Of("ode", "y' = x^2 + y on [-2, 2] with y(0) = 1; y = 3 exp(x) - x^2 - 2 x - 2", Linear),
        BuiltInProblem.Of("van-der-pol", "y'' - (1 - y^2) y' + y = 0 on [0, 10] with y(0) = 2, y'(0) = 0; van der Pol's oscillator with mu = 1", VanDerPol, known: false),
        BuiltInProblem.Of("lotka-volterra", "u' = 1.5 u - u v, v' = -3 v + u v on [0, 10] with u(0) = v(0) = 1; prey and predators", LotkaVolterra, known: false),
        BuiltInProblem.Of("beam", "u'''' = pi^4 (sin(pi x) + 8 sin(2 pi x)) on [0, 1], simply supported ends; Euler-Bernoulli beam", Beam),
        BuiltInProblem.Of("beam-clamped", "u'''' = 1 - x^2 on [0, 1], clamped ends: u = u' = 0; Euler-Bernoulli beam", ClampedBeam),
    ];

    private static EquationProblem Linear() => new(new Interval("x", -2, 2), "y")
    {
        Equations = ["y_x = x^2 + y"],
        Conditions = [Given.At([0], "y = 1")],
        Reference = Given.Known("y", Expression.Parse("3*exp(x) - x^2 - 2*x - 2")),
    };

    private static EquationProblem VanDerPol()
    {
        var time = new Interval("t", 0, 10, isTime: true);
        return new EquationProblem(time, "y")
        {
            Equations = ["y_tt - (1 - y^2)*y_t + y = 0"],
            Conditions = [Given.On(time, "initial", "y = 2"), Given.On(time, "initial", "y_t = 0")],
        };
    }

    private static EquationProblem LotkaVolterra()
    {
        var time = new Interval("t", 0, 10, isTime: true);
        return new EquationProblem(time, "u", "v")
        {
            Equations = ["u_t = 1.5*u - u*v", "v_t = -3*v + u*v"],
            Conditions = [Given.On(time, "initial", "u = 1"), Given.On(time, "initial", "v = 1")],
        };
    }

    private static EquationProblem Beam()
    {
        var rod = new Interval("x", 0, 1);
        return new EquationProblem(rod, "u")
        {
            Equations = ["u_xxxx = pi^4*(sin(pi*x) + 8*sin(2*pi*x))"],
            Conditions = [Given.On(rod, "boundary", "u = 0"), Given.On(rod, "boundary", "u_xx = 0")],
            Reference = Given.Known("u", Expression.Parse("sin(pi*x) + sin(2*pi*x)/2")),
        };
    }

    /// <summary>u = x⁴/24 − x⁶/360 + a·x² + b·x³ with u(1) = u'(1) = 0: a = 1/30, b = −13/180.</summary>
    private static EquationProblem ClampedBeam()
    {
        var rod = new Interval("x", 0, 1);
        return new EquationProblem(rod, "u")
        {
            Equations = ["u_xxxx = 1 - x^2"],
            Conditions = [Given.On(rod, "boundary", "u = 0"), Given.On(rod, "boundary", "u_x = 0")],
            Reference = Given.Known("u", Expression.Parse("x^4/24 - x^6/360 + x^2/30 - 13*x^3/180")),
        };
    }
}
