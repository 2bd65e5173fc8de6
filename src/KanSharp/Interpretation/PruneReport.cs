using System.Globalization;
using System.Text;

namespace KanSharp.Interpretation;

/// <summary>What pruning did, in numbers of the network before.</summary>
public sealed record PruneReport
{
    /// <summary>Edges that stay.</summary>
    public required IReadOnlyList<PrunedPart<EdgeAddress>> KeptEdges { get; init; }

    /// <summary>Edges that were removed; those that were off before are in neither list.</summary>
    public required IReadOnlyList<PrunedPart<EdgeAddress>> RemovedEdges { get; init; }

    /// <summary>Hidden nodes that stay. Their order is that of the new network's nodes.</summary>
    public required IReadOnlyList<PrunedPart<NodeAddress>> KeptNodes { get; init; }

    /// <summary>Hidden nodes that were removed.</summary>
    public required IReadOnlyList<PrunedPart<NodeAddress>> RemovedNodes { get; init; }

    /// <summary>Inputs that stay, as nodes of level 0.</summary>
    public required IReadOnlyList<PrunedPart<NodeAddress>> KeptInputs { get; init; }

    /// <summary>Inputs that were removed.</summary>
    public required IReadOnlyList<PrunedPart<NodeAddress>> RemovedInputs { get; init; }

    /// <summary>Nodes per level before, inputs first.</summary>
    public required IReadOnlyList<int> WidthsBefore { get; init; }

    /// <summary>Nodes per level after.</summary>
    public required IReadOnlyList<int> WidthsAfter { get; init; }

    /// <summary>Errors on the data that the caller named.</summary>
    public required IReadOnlyList<NamedError> Errors { get; init; }

    /// <summary>Largest change of an output over the samples; 0 where there were none.</summary>
    public required double LargestChange { get; init; }

    /// <summary>What was not done as asked, and why.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Whether nothing was changed, because only a report was asked for.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The report in a few lines.</summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(culture, $"{(DryRun ? "would go: " : "")}[{string.Join(", ", WidthsBefore)}] -> [{string.Join(", ", WidthsAfter)}], ");
        text.Append(culture, $"edges {KeptEdges.Count + RemovedEdges.Count} -> {KeptEdges.Count}\n");
        if (RemovedInputs.Count > 0)
            text.Append(culture, $"inputs removed: {string.Join(", ", RemovedInputs.Select(part => part.Address.Node))}\n");
        foreach (NamedError error in Errors)
            text.Append(culture, $"{error.Data} {error.Measure}: {error.Before:G6} -> {error.After:G6}\n");
        foreach (string note in Notes)
            text.Append(culture, $"{note}\n");
        return text.ToString();
    }
}
