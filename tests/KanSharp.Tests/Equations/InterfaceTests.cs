using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;

namespace KanSharp.Tests.Equations;

/// <summary>Two materials as docs/equations.md says: an unknown for each, coupled at the interface.</summary>
public class InterfaceTests
{
    private const double Interface = 0.4;

    /// <summary>−(k·u′)′ = 1 with k = 1 before the interface and 3 behind it; temperature and flux are continuous.</summary>
    [Fact]
    public void TemperatureAndFluxAreContinuousBetweenTwoConductors()
    {
        var rod = new Interval("x", 0, 1);
        Condition At(double x, string residual) => Condition.At(new Tensor<double>(new Shape(1, 1), [x]), residual);
        Var<double> Within(PointValues at, bool left) => at.Function(point => point.Span[0] <= Interface == left ? 1 : 0);
        var problem = new EquationProblem(rod, "u", "v")
        {
            Equations =
            [
                Residual.Of("left", at => Within(at, true) * (at["u_xx"] + 1)),
                Residual.Of("right", at => Within(at, false) * (at["v_xx"] * 3 + 1)),
            ],
            Conditions = [At(0, "u = 0"), At(1, "v = 0"), At(Interface, "u = v"), At(Interface, "u_x = 3*v_x")],
        };
        EquationSolution solution = EquationSolver.Solve(problem, new SolveOptions { Grids = [10], Degree = 3 });

        // u = −x²/2 + a·x and v = −x²/6 + a/3·x + c with the four conditions
        const double A = 0.22 / 0.6, C = 1.0 / 6 - A / 3;
        for (double x = 0; x <= 1; x += 0.05)
        {
            Tensor<double> values = solution.Evaluate(new Tensor<double>(new Shape(1, 1), [x]));
            if (x <= Interface)
                Assert.Equal((-x * x / 2) + (A * x), values[0, 0], 1e-8);
            else
                Assert.Equal((-x * x / 6) + (A / 3 * x) + C, values[0, 1], 1e-8);
        }
    }
}
