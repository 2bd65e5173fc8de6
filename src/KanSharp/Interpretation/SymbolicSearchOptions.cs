using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>How <see cref="SymbolicSearch"/> goes about.</summary>
public sealed record SymbolicSearchOptions
{
    /// <summary>Names of the columns of a full row; x1, x2 … if null (default).</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>How edges are fitted: the functions to choose from, the least R².</summary>
    public EdgeFitOptions Edges { get; init; } = new();

    /// <summary>Functions of an edge that are considered, at least 1 (default 4).</summary>
    public int CandidatesPerEdge
    {
        get;
        init => field = Least(1, value, nameof(CandidatesPerEdge));
    } = 4;

    /// <summary>Combinations of functions for the whole network that are polished first, without refitting in between; at least 1 (default 24).</summary>
    public int Combinations
    {
        get;
        init => field = Least(1, value, nameof(Combinations));
    } = 24;

    /// <summary>Partly symbolic networks that are kept after every layer, at least 1 (default 4).</summary>
    public int Beam
    {
        get;
        init => field = Least(1, value, nameof(Beam));
    } = 4;

    /// <summary>Levenberg-Marquardt steps after the functions of a layer are chosen, on all that comes after it and on their constants; at least 0 (default 10).</summary>
    public int RefitSteps
    {
        get;
        init => field = Least(0, value, nameof(RefitSteps));
    } = 10;

    /// <summary>
    /// Most that the error of the network may grow, as a factor, when functions take the place of a layer's edges and the rest is fitted anew; at least 1 (default
    /// 2). Beyond it the choice is taken back and the next one tried.
    /// </summary>
    public double Tolerance
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, "Tolerance is a factor of at least 1.");
    } = 2;

    /// <summary>
    /// Whether the way layer by layer is gone even where polishing the first combinations gave formulas as accurate as the network (default false).
    /// </summary>
    public bool Thorough { get; init; }

    /// <summary>Starts of every polish of constants, see <see cref="PolishOptions.Starts"/>; at least 1 (default 1).</summary>
    public int Starts
    {
        get;
        init => field = Least(1, value, nameof(Starts));
    } = 1;

    /// <summary>Seed of further starts (default 0).</summary>
    public ulong Seed { get; init; }

    /// <summary>When constants are replaced by simple ones; null for never.</summary>
    public SnapOptions? Snap { get; init; } = new();

    /// <summary>Time after which the search ends with the best so far (default none).</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Threads and SIMD width (default the process-wide executor). The result does not depend on the number of threads.</summary>
    public Executor? Executor { get; init; }

    private static int Least(int least, int value, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least {least}.");
}
