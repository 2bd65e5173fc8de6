using KanSharp.Data;

namespace KanSharp.Cli.Edits;

/// <summary>What pruning is told. Null is left to the library.</summary>
internal sealed record PruneSettings
{
    /// <summary>Score up to which edges go.</summary>
    public double? Edges { get; init; }

    /// <summary>Score up to which hidden nodes go.</summary>
    public double? Nodes { get; init; }

    /// <summary>Score up to which inputs go.</summary>
    public double? Inputs { get; init; }

    /// <summary>Edges to keep.</summary>
    public int? KeepEdges { get; init; }

    /// <summary>Hidden nodes to keep.</summary>
    public int? KeepNodes { get; init; }

    /// <summary>Inputs to keep.</summary>
    public int? KeepInputs { get; init; }

    /// <summary>How far the error may rise while edges of least harm go, relatively.</summary>
    public double? LeastHarm { get; init; }

    /// <summary>Epochs of training afterwards; 0 for none.</summary>
    public int Refit { get; init; }

    /// <summary>Share of the rows that judge.</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>Seed of the split.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether only to say what would go.</summary>
    public bool DryRun { get; init; }

    /// <summary>What happens to rows with missing cells; null for what the model does.</summary>
    public MissingValues? Missing { get; init; }

    /// <summary>File of the new model.</summary>
    public required string Out { get; init; }

    /// <summary>Whether a number of parts to keep was given, so that nothing goes by its score alone.</summary>
    public bool Keeps => KeepEdges is not null || KeepNodes is not null || KeepInputs is not null;

    /// <summary>Whether a threshold was given.</summary>
    public bool Cuts => Edges is not null || Nodes is not null || Inputs is not null;
}
