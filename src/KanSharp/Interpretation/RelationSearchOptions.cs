using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>How relations are searched for.</summary>
public sealed record RelationSearchOptions
{
    /// <summary>Networks that are trained, each from a seed of its own, at least 1 (default 10). Which relation a network finds depends on its seed.</summary>
    public int Runs
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(Runs));
    } = 10;

    /// <summary>Seed of the first run; the others take the numbers that follow. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Intervals of the cubic spline on every edge, at least 1 (default 5).</summary>
    public int Intervals
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(Intervals));
    } = 5;

    /// <summary>Steps of Levenberg-Marquardt per run, at least 1 (default 60).</summary>
    public int Epochs
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(Epochs));
    } = 60;

    /// <summary>Weight of the sparsity penalty on the edges, at least 0 (default 10⁻³); more leaves fewer variables.</summary>
    public double Lambda
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Lambda));
    } = 1e-3;

    /// <summary>Spread of the function of a variable, relative to the largest, from which the variable takes part; at least 0 (default 0.05).</summary>
    public double ActiveThreshold
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(ActiveThreshold));
    } = 0.05;

    /// <summary>
    /// Spread of the sum over a relation's variables, relative to what it were if they were independent, below which it counts; at least 0 (default 0.3). 0 for an exact relation,
    /// 1 for none.
    /// </summary>
    public double ResidualThreshold
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(ResidualThreshold));
    } = 0.3;

    /// <summary>Threads (default the process-wide executor). The result does not depend on their number.</summary>
    public Executor? Executor { get; init; }
}
