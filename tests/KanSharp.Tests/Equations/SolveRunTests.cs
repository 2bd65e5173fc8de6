using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Text;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Equations;

/// <summary>How a run goes: progress, interruption, seeds, threads, options.</summary>
public class SolveRunTests
{
    private static EquationProblem Heat => EquationText.Parse("u_t = 0.2*u_xx", "x=0..1, t=0..1", "u=0", "u=sin(pi*x)");

    private static SolveOptions Small => new() { Grids = [5], Rank = 2, Steps = 6, Points = 300 };

    [Theory]
    [InlineData(null)]
    [InlineData("2,3,1")]
    public void TheSameSeedGivesTheSameBitsForAnyNumberOfThreads(string? shape)
    {
        using var one = new Executor(1);
        using var two = new Executor(2);
        SolveOptions options = Small with { Shape = shape is null ? null : NetworkShape.Parse(shape), Rank = shape is null ? 2 : null, Rounds = 2 };
        EquationSolution first = EquationSolver.Solve(Heat, options with { Executor = one }), second = EquationSolver.Solve(Heat, options with { Executor = two });
        Tensor<double> points = Heat.Domain.Interior(50, KanSharp.Equations.Domains.PointSequence.Sobol, 3);
        Assert.Equal(first.Evaluate(points).Span.ToArray(), second.Evaluate(points).Span.ToArray());
        Assert.Equal((first.Report.Residual, first.Report.Iterations), (second.Report.Residual, second.Report.Iterations));
        EquationSolution other = EquationSolver.Solve(Heat, options with { Seed = 1, Executor = one });
        Assert.NotEqual(first.Evaluate(points).Span.ToArray(), other.Evaluate(points).Span.ToArray());
    }

    [Fact]
    public void ProgressIsToldInOrder()
    {
        var told = new List<SolveProgress>();
        EquationSolution solution = EquationSolver.Solve(Heat, Small with { Grids = [3, 6], Rank = 2, Progress = told.Add });
        Assert.Equal(Enumerable.Range(1, told.Count).Select(step => (long)step), told.Select(step => step.Iteration));
        Assert.Equal(solution.Report.Iterations, told.Count);
        Assert.Equal([1, 2], told.Select(step => step.Stage).Distinct());
        Assert.All(told, step => Assert.Equal((1, 1, 2), (step.Window, step.Windows, step.Stages)));
        Assert.All(told, step => Assert.Null(step.RelativeError));
        Assert.True(told[^1].Loss < told[0].Loss);
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.First.Elapsed <= pair.Second.Elapsed));
        Assert.Equal(2, solution.Report.Stages.Count);
        Assert.Equal([3, 6], solution.Report.Stages.Select(stage => stage.Intervals));
        Assert.NotNull(solution.Report.ErrorEstimate);
    }

    [Fact]
    public void CancellationKeepsWhatHasBeenReached()
    {
        using var source = new CancellationTokenSource();
        double reached = double.PositiveInfinity;
        EquationSolution solution = EquationSolver.Solve(Heat, Small with
        {
            Steps = 100,
            Cancellation = source.Token,
            Progress = step =>
            {
                reached = step.Residual;
                if (step.Iteration == 5)
                    source.Cancel();
            },
        });
        Assert.Equal((StopReason.Cancelled, 5L), (solution.Report.StopReason, solution.Report.Iterations));
        Assert.InRange(solution.Report.Residual, 0, 20 * reached);
    }

    [Fact]
    public void CancellationInALaterRoundKeepsTheBestRound()
    {
        using var source = new CancellationTokenSource();
        EquationProblem problem = EquationText.Parse("u_x = -k*u", "x=0..2", "u(0)=1", coefficients: "k=1") with
        {
            Data = [new Observations("u", new Tensor<double>(new Shape(2, 1), [1, 2]), [Math.Exp(-0.7), Math.Exp(-1.4)])],
        };
        int rounds = 0;
        double last = double.PositiveInfinity;
        EquationSolution solution = EquationSolver.Solve(problem, new SolveOptions
        {
            Grids = [6],
            Rounds = 3,
            Optimizer = new Adam { LearningRate = 0.3 },
            Steps = 30,
            Cancellation = source.Token,
            Progress = step =>
            {
                (rounds, last) = ((int)((step.Iteration - 1) / 30), step.Residual);
                if (step.Iteration == 33)
                    source.Cancel();
            },
        });
        Assert.Equal(StopReason.Cancelled, solution.Report.StopReason);
        // network and coefficient are those of the end of the first round
        EquationSolution first = EquationSolver.Solve(problem, new SolveOptions { Grids = [6], Rounds = 1, Optimizer = new Adam { LearningRate = 0.3 }, Steps = 30 });
        Assert.Equal(first.Coefficients["k"], solution.Coefficients["k"]);
        Assert.Equal(first.Report.Residual, solution.Report.Residual);
    }

    [Fact]
    public void CancellationBeforeTheFirstStepGivesASolutionThatKeepsItsConditions()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        foreach (int windows in (int[])[1, 3])
        {
            EquationSolution solution = EquationSolver.Solve(Heat, Small with { Windows = windows, Cancellation = source.Token });
            Assert.Equal((StopReason.Cancelled, 0L), (solution.Report.StopReason, solution.Report.Iterations));
            Assert.Equal(1, solution.Evaluate(new Tensor<double>(new Shape(1, 2), [0.5, 0]))[0, 0], 1e-14);
            Assert.Equal(windows > 1, solution.Report.Notes.Any(note => note.Contains("window 1 of 3", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void TheTimeLimitEndsTheWork()
    {
        EquationSolution solution = EquationSolver.Solve(Heat, Small with { Steps = 1_000_000, Optimizer = new Adam(), TimeLimit = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(StopReason.TimeLimit, solution.Report.StopReason);
        Assert.True(double.IsFinite(solution.Report.Residual));
    }

    [Fact]
    public void AToleranceEndsTheStages()
    {
        EquationSolution solution = EquationSolver.Solve(Heat, Small with { Grids = [4, 5, 6, 7], Tolerance = 0.9 });
        Assert.Equal(StopReason.Converged, solution.Report.StopReason);
        Assert.Single(solution.Report.Stages);
    }

    [Fact]
    public void WindowsOfTimeGoOnFromOneAnother()
    {
        EquationSolution solution = EquationSolverTests.Solve("u_t = 0.2*u_xx", "x=0..1, t=0..1", "u=0", "u=sin(pi*x)", "exp(-0.2*pi^2*t)*sin(pi*x)", Small with { Windows = 3, Steps = 15, Rounds = 1 });
        Assert.Equal((3, 3), (solution.Networks.Count, solution.Report.Stages.Count));
        Assert.InRange(solution.Report.RelativeError!.Value, 0, 1e-3);
        var meeting = new Tensor<double>(new Shape(2, 2), [0.3, 1.0 / 3, 0.3, Math.BitIncrement(1.0 / 3)]);
        Assert.Equal(solution.Evaluate(meeting)[0, 0], solution.Evaluate(meeting)[1, 0], 1e-12);
    }

    /// <summary>A soft condition at the beginning of time holds there, not at the beginning of every window.</summary>
    [Fact]
    public void SoftConditionsBelongToTheirWindow()
    {
        EquationProblem problem = EquationText.Parse("u_t = 1", "x=0..1, t=0..2", null, "u=x") with { };
        var point = new Tensor<double>(new Shape(1, 2), [0.5, 0]);
        problem = problem with { Conditions = [.. problem.Conditions, Condition.At(point, "u_x = 1"), Condition.On(problem.Domain.FindSides("initial"), "u + u_x = x + 1")] };
        EquationSolution solution = EquationSolver.Solve(problem, Small with { Windows = 2, Rank = 1, Grids = [2], Steps = 20 });
        Assert.Equal(2.5, solution.Evaluate(new Tensor<double>(new Shape(1, 2), [0.5, 2]))[0, 0], 1e-8);
    }

    [Theory]
    [InlineData("Degree")]
    [InlineData("Grids")]
    [InlineData("Rank")]
    [InlineData("Rounds")]
    [InlineData("Points")]
    [InlineData("AdaptiveShare")]
    [InlineData("WindowIntervals")]
    [InlineData("Steps")]
    [InlineData("TimeLimit")]
    [InlineData("Windows")]
    public void OptionsOutOfRangeAreNamed(string name)
    {
        SolveOptions options = name switch
        {
            "Degree" => new() { Degree = 2 },
            "Grids" => new() { Grids = [4, 4] },
            "Rank" => new() { Rank = 0 },
            "Rounds" => new() { Rounds = 0 },
            "Points" => new() { Points = 0 },
            "AdaptiveShare" => new() { AdaptiveShare = 1 },
            "WindowIntervals" => new() { WindowIntervals = 0 },
            "Steps" => new() { Steps = 0 },
            "TimeLimit" => new() { TimeLimit = TimeSpan.Zero },
            _ => new() { Windows = 0 },
        };
        Assert.StartsWith(name, Assert.Throws<ArgumentException>(() => EquationSolver.Solve(Heat, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WindowsNeedTheBeginningOfTime()
    {
        EquationProblem beam = EquationText.Parse("u_tt + u_xxxx = 0", "x=0..1, t=0..1", "u=0; u_xx=0", "u=sin(pi*x); u_t=0");
        Assert.Contains("order 5", Assert.Throws<ArgumentException>(() => EquationSolver.Solve(beam, new SolveOptions { Windows = 2 })).Message, StringComparison.Ordinal);
        EquationProblem poisson = EquationText.Parse("u_xx + u_yy = 1", "x=0..1, y=0..1", "u=0");
        Assert.Contains("marched only", Assert.Throws<ArgumentException>(() => EquationSolver.Solve(poisson, new SolveOptions { Windows = 2 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DivergenceIsAResult()
    {
        EquationProblem problem = EquationText.Parse("u_x = 1/(u - u)", "x=0..1", "u(0)=1");
        EquationSolution solution = EquationSolver.Solve(problem, new SolveOptions { Grids = [4], Optimizer = new Adam() });
        Assert.Equal(StopReason.Diverged, solution.Report.StopReason);
        Assert.Contains(solution.Report.Notes, note => note.Contains("not finite", StringComparison.Ordinal));
    }
}
