using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Text;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Equations;

/// <summary>Small problems with known solutions, solved from end to end.</summary>
public class EquationSolverTests
{
    [Fact]
    public void AnOrdinaryEquation()
    {
        EquationSolution solution = Solve("u_xx + u = x", "x=0..2", "u(0)=1; u(2)=0", null, "cos(x) + x - (cos(2) + 2)*sin(x)/sin(2)", new SolveOptions { Grids = [12] });
        Assert.InRange(solution.Report.RelativeError!.Value, 0, 1e-9);
        Assert.Equal(2, solution.Report.BuiltIn.Count);
        Assert.Empty(solution.Report.Conditions);
    }

    [Fact]
    public void Poisson()
    {
        EquationSolution solution = Solve("u_xx + u_yy = -2*pi^2*sin(pi*x)*sin(pi*y)", "x=0..1, y=0..1", "u=0", null, "sin(pi*x)*sin(pi*y)", new SolveOptions { Grids = [8], Rank = 2, Steps = 25 });
        Assert.InRange(solution.Report.RelativeError!.Value, 0, 1e-5);
        Assert.Equal(0, solution.Evaluate(new Tensor<double>(new Shape(1, 2), [1, 0.3]))[0, 0], 1e-14);
        Assert.Single(solution.Report.Stages);
    }

    [Fact]
    public void Heat()
    {
        EquationSolution solution = Solve("u_t = 0.2*u_xx", "x=0..1, t=0..1", "u=0", "u=sin(pi*x)", "exp(-0.2*pi^2*t)*sin(pi*x)", new SolveOptions { Grids = [8], Rank = 2, Steps = 25 });
        Assert.InRange(solution.Report.RelativeError!.Value, 0, 1e-5);
        Assert.Equal(Math.Sin(0.4 * Math.PI), solution.Evaluate(new Tensor<double>(new Shape(1, 2), [0.4, 0]))[0, 0], 1e-14);
    }

    /// <summary>x' = y, y' = −sin x with the energy as a check: windows of time, one after the other.</summary>
    [Fact]
    public void APendulumOverWindows()
    {
        EquationSolution solution = EquationSolver.Solve(
            EquationText.Parse("a' = b; b' = -sin(a)", "t=0..4", null, "a=2; b=0"), new SolveOptions { Windows = 4, Grids = [8], Rounds = 1 });
        Assert.Equal(4, solution.Networks.Count);
        Tensor<double> times = Line(0, 4, 41);
        Tensor<double> values = solution.Evaluate(times);
        for (int row = 0; row < 41; row++)
            Assert.Equal(-Math.Cos(2), values[row, 1] * values[row, 1] / 2 - Math.Cos(values[row, 0]), 1e-7);
        double[] slope = solution.Derivative(times, "a_t");
        for (int row = 0; row < 41; row++)
            Assert.Equal(values[row, 1], slope[row], 1e-6);
    }

    [Fact]
    public void NeumannConditionsAreLeftToTheLoss()
    {
        EquationSolution solution = Solve("u_xx = 2", "x=0..1", "u(0)=0; u_x(1)=2", null, "x^2", new SolveOptions { Grids = [4] });
        Assert.InRange(solution.Report.MaxError!.Value, 0, 1e-9);
        Assert.StartsWith("u_x = 2 on", Assert.Single(solution.Report.Conditions.Keys), StringComparison.Ordinal);
        Assert.InRange(solution.Report.Conditions.Values.Single(), 0, 1e-9);
    }

    [Fact]
    public void ADisc()
    {
        EquationSolution solution = Solve("u_xx + u_yy = 1", "disc(0,0,1)", "u=0", null, "(x^2 + y^2 - 1)/4", new SolveOptions { Grids = [4], Rank = 1, Steps = 25 });
        Assert.InRange(solution.Report.MaxError!.Value, 0, 1e-8);
        Assert.Equal(-Math.PI / 8, solution.Integrate("u", 20), 1e-8);
        Assert.Equal(Math.PI / 8, solution.Integrate("u_x^2 + u_y^2", 20), 1e-8);
    }

    [Fact]
    public void ABeam()
    {
        EquationSolution solution = Solve("u_xxxx = 24", "x=0..1", "u(0)=0; u(1)=0; u_xx(0)=0; u_xx(1)=0", null, "x^4 - 2*x^3 + x", new SolveOptions { Grids = [4] });
        Assert.InRange(solution.Report.MaxError!.Value, 0, 1e-8);
        Assert.All(solution.Derivative(Line(0, 1, 5), "u_xxxx"), value => Assert.Equal(24, value, 1e-5));

        // its free end is the upper end of the grid, where second and third derivatives have to be those within
        EquationSolution cantilever = Solve("u_xxxx = 24", "x=0..1", "u(0)=0; u_x(0)=0; u_xx(1)=0; u_xxx(1)=0", null, "x^4 - 4*x^3 + 6*x^2", new SolveOptions { Grids = [4] });
        Assert.InRange(cantilever.Report.MaxError!.Value, 0, 1e-8);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2,4,1")]
    public void PeriodicAdvection(string? shape)
    {
        EquationSolution solution = Solve(
            "u_t + u_x = 0", "x=0..1, t=0..0.5", "periodic x", "u=sin(2*pi*x)", "sin(2*pi*(x - t))",
            new SolveOptions { Shape = shape is null ? null : NetworkShape.Parse(shape), Grids = [6], Rank = shape is null ? 2 : null, Steps = shape is null ? 25 : 60 });
        Assert.InRange(solution.Report.RelativeError!.Value, 0, shape is null ? 1e-5 : 1);
        double[] left = solution.Derivative(new Tensor<double>(new Shape(1, 2), [0, 0.2]), "u_x"), right = solution.Derivative(new Tensor<double>(new Shape(1, 2), [1, 0.2]), "u_x");
        Assert.Equal(left[0], right[0], 1e-9);
    }

    [Fact]
    public void AnInverseCoefficient()
    {
        Tensor<double> points = Line(0, 2, 15);
        EquationProblem problem = EquationText.Parse("u_x = -k*u", "x=0..2", "u(0)=1", coefficients: "k=1") with
        {
            Data = [new Observations("u", points, [.. Enumerable.Range(0, 15).Select(row => Math.Exp(-0.7 * points[row, 0]))])],
        };
        EquationSolution solution = EquationSolver.Solve(problem, new SolveOptions { Grids = [6] });
        Assert.Equal(0.7, solution.Coefficients["k"], 1e-6);
        Assert.InRange(solution.Report.Residual, 0, 1e-5);
        // the network and the coefficient belong together
        Assert.All(solution.Values("u_x + k*u", Line(0, 2, 30)), residual => Assert.Equal(0, residual, 1e-5));
    }

    [Theory]
    [InlineData("ssbroyden", 1e-3)]
    [InlineData("lbfgs", 1e-2)]
    [InlineData("adam", 1e-1)]
    public void OtherSolversLowerTheResidualToo(string name, double share)
    {
        OptimizerOptions optimizer = name switch { "ssbroyden" => new SelfScaledQuasiNewton(), "lbfgs" => new Lbfgs(), _ => new Adam { LearningRate = 0.02 } };
        double first = 0;
        EquationSolution solution = EquationSolver.Solve(
            EquationText.Parse("u_xx + u = x", "x=0..2", "u(0)=1; u(2)=0"),
            new SolveOptions { Grids = [5], Optimizer = optimizer, Steps = name == "adam" ? 600 : 150, Progress = step => first = first == 0 ? step.Residual : first });
        Assert.True(solution.Report.Residual < share * first, $"{name}: {solution.Report.Residual:G3} after {first:G3}");
    }

    [Fact]
    public void ASolverThatNeedsTargetsIsRefused() => Assert.Contains(
        "needs samples with targets",
        Assert.Throws<ArgumentException>(() => Solve("u_xx = 2", "x=0..1", "u=0", null, "x", new SolveOptions { Grids = [4], Optimizer = new NewtonKaczmarz() })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ProblemsThatAreNotWellPosedAreRefused() => Assert.Contains(
        "not well posed", Assert.Throws<ArgumentException>(() => EquationSolver.Solve(new EquationProblem(new KanSharp.Equations.Domains.Interval("x", 0, 1), "u"))).Message, StringComparison.Ordinal);

    internal static EquationSolution Solve(string equation, string domain, string? boundary, string? initial, string reference, SolveOptions options)
    {
        EquationProblem problem = EquationText.Parse(equation, domain, boundary, initial) with { Reference = new Dictionary<string, Expression> { ["u"] = Expression.Parse(reference) } };
        return EquationSolver.Solve(problem, options);
    }

    internal static Tensor<double> Line(double low, double high, int count)
    {
        var points = new Tensor<double>(new Shape(count, 1));
        for (int row = 0; row < count; row++)
            points[row, 0] = low + (high - low) * row / (count - 1);
        return points;
    }
}
