using KanSharp.Equations.Domains;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Equations;

/// <summary>How a problem is solved. The defaults choose network, points and windows by the problem.</summary>
public sealed record SolveOptions
{
    /// <summary>
    /// Nodes per level: <c>NetworkShape.Parse("2,6,1")</c>, from the variables to the unknowns. Null (default) for a sum of products of functions of one variable
    /// each, <see cref="SeparableKan{T}"/>, which trains fastest and serves most problems on boxes.
    /// </summary>
    public NetworkShape? Shape { get; init; }

    /// <summary>Products for each unknown where <see cref="Shape"/> is null; null (default) chooses.</summary>
    public int? Rank { get; init; }

    /// <summary>Intervals of the grids, stage by stage, each finer than the one before; null (default) chooses.</summary>
    public IReadOnlyList<int>? Grids { get; init; }

    /// <summary>Degree of the splines, more than the order of the equations and at most 10; null (default) for 5 more than the order of the equations.</summary>
    public int? Degree { get; init; }

    /// <summary>Intervals of the grid of time within a window. Default 4.</summary>
    public int WindowIntervals { get; init; } = 4;

    /// <summary>Collocation points inside the domain (of a window, if time is marched); null (default) chooses by the number of parameters.</summary>
    public int? Points { get; init; }

    /// <summary>How collocation points are spread. Default <see cref="PointSequence.Sobol"/>.</summary>
    public PointSequence Sequence { get; init; } = PointSequence.Sobol;

    /// <summary>Share of the points that go where the residual is large, from the second round on; 0 to 0.9, default 0.4.</summary>
    public double AdaptiveShare { get; init; } = 0.4;

    /// <summary>Rounds of training, points and knots adapted between them, at every stage; at least 1, null (default) chooses.</summary>
    public int? Rounds { get; init; }

    /// <summary>Windows of time, solved one after the other; 1 solves all time at once, null (default) chooses.</summary>
    public int? Windows { get; init; }

    /// <summary>The solver. Default <see cref="LevenbergMarquardt"/>; <see cref="SelfScaledQuasiNewton"/>, <see cref="Lbfgs"/>, <see cref="Adam"/> and the others minimise the same loss.</summary>
    public OptimizerOptions? Optimizer { get; init; }

    /// <summary>Steps of the solver in a round; null (default) for 100 of Levenberg-Marquardt, 2000 of others.</summary>
    public int? Steps { get; init; }

    /// <summary>Whether conditions are built into the solution where that is possible, so that they hold exactly. Default true.</summary>
    public bool BuildIn { get; init; } = true;

    /// <summary>How the weights of equations, conditions and data are chosen. Default <see cref="LossBalance.Traces"/>.</summary>
    public LossBalance Balance { get; init; } = LossBalance.Traces;

    /// <summary>Root mean square of the residual at fresh points, relative to that of the network as it starts, below which no further stage begins; 0 (default) goes through all.</summary>
    public double Tolerance { get; init; }

    /// <summary>Longest time; the best solution so far is the result. Null (default) for none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Seed of initial values and points; the same seed gives the same solution unless the time limit ends the work. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Told of every step. Called on the solving thread.</summary>
    public Action<SolveProgress>? Progress { get; init; }

    /// <summary>Ends the work; the best solution so far is the result.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Threads and register width; the process-wide ones if null.</summary>
    public Executor? Executor { get; init; }
}
