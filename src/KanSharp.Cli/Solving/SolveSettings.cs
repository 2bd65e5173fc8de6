using KanSharp.Networks;

namespace KanSharp.Cli.Solving;

/// <summary>What the solver of equations is told.</summary>
internal sealed record SolveSettings
{
    /// <summary>Equations, or the name of a built-in problem.</summary>
    public required string Equations { get; init; }

    /// <summary>Where they hold.</summary>
    public string? Domain { get; init; }

    /// <summary>Conditions on sides and at points.</summary>
    public string? Boundary { get; init; }

    /// <summary>Conditions at the beginning of time.</summary>
    public string? Initial { get; init; }

    /// <summary>The known solution.</summary>
    public string? Reference { get; init; }

    /// <summary>Names of the unknowns.</summary>
    public string? Unknowns { get; init; }

    /// <summary>Numbers to be identified.</summary>
    public string? Coefficients { get; init; }

    /// <summary>File of measurements.</summary>
    public string? Data { get; init; }

    /// <summary>Nodes per level; null for the library's choice, as all that follows.</summary>
    public NetworkShape? Width { get; init; }

    /// <summary>Products for each unknown.</summary>
    public int? Rank { get; init; }

    /// <summary>Intervals, stage by stage.</summary>
    public IReadOnlyList<int>? Grids { get; init; }

    /// <summary>Degree of the splines.</summary>
    public int? Degree { get; init; }

    /// <summary>Collocation points.</summary>
    public int? Points { get; init; }

    /// <summary>Windows of time.</summary>
    public int? Windows { get; init; }

    /// <summary>Name of the solver.</summary>
    public string? Solver { get; init; }

    /// <summary>Steps in a round.</summary>
    public int? Steps { get; init; }

    /// <summary>Longest time.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Seed of points and initial values.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Whether conditions are left to the loss.</summary>
    public bool Soft { get; init; }

    /// <summary>Whether formulas are looked for.</summary>
    public bool Formula { get; init; }

    /// <summary>Longest time of the search for a formula.</summary>
    public TimeSpan? FormulaTime { get; init; }

    /// <summary>Folder for results; null for none.</summary>
    public string? Out { get; init; }

    /// <summary>Whether progress is not shown.</summary>
    public bool Quiet { get; init; }

    /// <summary>The first option that describes a problem, which a built-in one does not need; null for none.</summary>
    public string? ProblemOption => Domain is not null ? "--on"
        : Boundary is not null ? "--boundary"
        : Initial is not null ? "--initial"
        : Reference is not null ? "--reference"
        : Unknowns is not null ? "--unknowns"
        : Coefficients is not null ? "--unknown-coefficient"
        : Data is not null ? "--data"
        : null;
}
