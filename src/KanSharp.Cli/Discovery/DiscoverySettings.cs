using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Cli.Discovery;

/// <summary>What a search for a formula is told.</summary>
internal sealed record DiscoverySettings
{
    /// <summary>The data file.</summary>
    public required string Data { get; init; }

    /// <summary>The column to explain.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Columns that are no features.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What happens to rows with missing cells.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>How the file is read.</summary>
    public CsvOptions Reading { get; init; } = new();

    /// <summary>Longest time of the search; null for the library's.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Seed of split and initial values.</summary>
    public ulong Seed { get; init; }

    /// <summary>Share of the rows that choose among formulas; null for the library's.</summary>
    public double? Validation { get; init; }

    /// <summary>Functions that edges may become.</summary>
    public FunctionCatalog Catalog { get; init; } = FunctionCatalog.Standard;

    /// <summary>Shapes of the networks; null for the library's.</summary>
    public IReadOnlyList<NetworkShape>? Shapes { get; init; }

    /// <summary>Whether networks are trained.</summary>
    public bool Networks { get; init; } = true;

    /// <summary>Whether sums and products of terms are searched directly.</summary>
    public bool Terms { get; init; } = true;

    /// <summary>Threads; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Folder for report, pictures and models; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>File for the pick as a model; null for none.</summary>
    public string? Out { get; init; }
}
