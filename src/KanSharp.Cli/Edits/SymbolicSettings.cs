using KanSharp.Data;
using KanSharp.Symbolics;

namespace KanSharp.Cli.Edits;

/// <summary>What kan symbolic is told.</summary>
internal sealed record SymbolicSettings
{
    /// <summary>Functions that edges may become.</summary>
    public required FunctionCatalog Catalog { get; init; }

    /// <summary>Layer, node below and node above of the one edge that is meant; null for all.</summary>
    public int[]? Edge { get; init; }

    /// <summary>Functions to list for an edge.</summary>
    public int Top { get; init; }

    /// <summary>The function that the edge is given; null for none.</summary>
    public string? Fix { get; init; }

    /// <summary>Share of the rows that judges.</summary>
    public double Validation { get; init; }

    /// <summary>Seed of the split.</summary>
    public ulong Seed { get; init; }

    /// <summary>What happens to rows with missing cells; null for what the model does.</summary>
    public MissingValues? Missing { get; init; }

    /// <summary>File of the new model.</summary>
    public required string Out { get; init; }
}
