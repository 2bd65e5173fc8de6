using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>How <see cref="TermSearch"/> searches.</summary>
public sealed record TermSearchOptions
{
    /// <summary>Time after which the search ends with the best so far, positive (default 60 s). The result depends on the machine only where this is reached.</summary>
    public TimeSpan TimeLimit
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(TimeLimit), value, "TimeLimit is positive.");
    } = TimeSpan.FromSeconds(60);

    /// <summary>Seed of the rows on which candidates are screened (default 0).</summary>
    public ulong Seed { get; init; }

    /// <summary>Most variables that are searched over, 1 to 12 (default 8); of more, those on which the target depends most are taken.</summary>
    public int MaxVariables
    {
        get;
        init => field = value is >= 1 and <= 12 ? value : throw new ArgumentOutOfRangeException(nameof(MaxVariables), value, "MaxVariables is 1 to 12.");
    } = 8;

    /// <summary>About how many terms are built, 1,000 to 500,000 (default 60,000). Time and memory grow with it; a tenth finds the simplest formulas.</summary>
    public int Terms
    {
        get;
        init => field = value is >= 1_000 and <= 500_000 ? value : throw new ArgumentOutOfRangeException(nameof(Terms), value, "Terms is 1,000 to 500,000.");
    } = 60_000;

    /// <summary>Most training rows used, at least 20 (default 20,000); of more, a random part.</summary>
    public int MaxRows
    {
        get;
        init => field = value >= 20 ? value : throw new ArgumentOutOfRangeException(nameof(MaxRows), value, "MaxRows is at least 20.");
    } = 20_000;

    /// <summary>Candidates whose constants are fitted and simplified at the end, 1 or more (default 10).</summary>
    public int Candidates
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Candidates), value, "Candidates is at least 1.");
    } = 10;

    /// <summary>Threads to use; all processors if null. The result does not depend on it.</summary>
    public Executor? Executor { get; init; }
}
