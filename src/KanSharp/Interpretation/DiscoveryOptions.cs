using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>How <see cref="FormulaDiscovery"/> looks for a formula. The defaults suit tables of up to some ten columns.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>Longest time of the whole search, positive (default 60 s). The best formulas so far are the result.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public TimeSpan TimeLimit
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(TimeLimit), value, "TimeLimit is positive.");
    } = TimeSpan.FromSeconds(60);

    /// <summary>Seed of the split and of initial values (default 0): the same seed gives the same formulas as long as no time limit ends the search.</summary>
    public ulong Seed { get; init; }

    /// <summary>Share of the rows that choose among formulas and are never fitted to, 0.05 to 0.5 (default 0.2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public double Validation
    {
        get;
        init => field = value is >= 0.05 and <= 0.5 ? value : throw new ArgumentOutOfRangeException(nameof(Validation), value, "Validation is 0.05 to 0.5.");
    } = 0.2;

    /// <summary>Functions that edges may become (default <see cref="FunctionCatalog.Standard"/>).</summary>
    public FunctionCatalog Catalog { get; init; } = FunctionCatalog.Standard;

    /// <summary>Shapes of the networks, tried in this order; null (default) goes through small shapes for the number of inputs.</summary>
    public IReadOnlyList<NetworkShape>? Shapes { get; init; }

    /// <summary>Whether sums and products of terms are searched directly (default true); see <c>TermSearch</c>.</summary>
    public bool UseTerms { get; init; } = true;

    /// <summary>Whether networks are trained, pruned and made symbolic (default true).</summary>
    public bool UseNetworks { get; init; } = true;

    /// <summary>Starts of every network, at least 1 (default 4).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Starts
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Starts), value, "Starts is at least 1.");
    } = 4;

    /// <summary>Most rows that networks and constants are fitted to, at least 100 (default 5,000); more rows are thinned at random.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 100.</exception>
    public int FitRows
    {
        get;
        init => field = value >= 100 ? value : throw new ArgumentOutOfRangeException(nameof(FitRows), value, "FitRows is at least 100.");
    } = 5000;

    /// <summary>Threads and SIMD width (default the process-wide executor). The result does not depend on the number of threads.</summary>
    public Executor? Executor { get; init; }
}
