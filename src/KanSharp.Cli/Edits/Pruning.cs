using System.Numerics;
using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Interpretation;
using KanSharp.Networks;

namespace KanSharp.Cli.Edits;

/// <summary>What pruning came to, as text and as JSON.</summary>
internal sealed record Pruning<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostRows = 40, MostText = 40;

    public required PruneSettings Settings { get; init; }

    public required KanNetwork<T> Before { get; init; }

    public required KanNetwork<T> Network { get; init; }

    public required ErrorChange Errors { get; init; }

    /// <summary>Names of the inputs before.</summary>
    public required IReadOnlyList<string> InputNames { get; init; }

    /// <summary>Names of the inputs after.</summary>
    public required IReadOnlyList<string> KeptNames { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Scores of all parts, where they decided.</summary>
    public PruneReport? Report { get; init; }

    /// <summary>Steps by the error, where it decided.</summary>
    public IReadOnlyList<LeastHarmStep> Steps { get; init; } = [];

    public int EdgesBefore => Edges(Before);

    public int EdgesAfter => Edges(Network);

    private IEnumerable<string> Removed => InputNames.Except(KeptNames);

    public void Text(Terminal terminal)
    {
        if (Report is { } report)
            Scores(report, terminal);
        if (Steps.Count > 0)
        {
            ResultTable.Write(
                terminal,
                ["edges removed", "edges left", "scaled error", ""],
                [.. Steps.Select(step => (string[])[ResultTable.Cut(string.Join(" ", step.Removed), MostText), Show.Count(step.EdgesLeft), Show.Value(step.Error), step.Accepted ? "" : "too much: undone"])]);
        }

        Errors.Text(terminal);
        var pairs = new List<(string, string)>
        {
            (Settings.DryRun ? "would be" : "network", $"[{string.Join(", ", Before.Widths)}] -> [{string.Join(", ", Network.Widths)}], {Show.Count(EdgesBefore)} -> {Show.Count(EdgesAfter)} edges"),
        };
        if (Removed.Any())
            pairs.Add(("inputs removed", string.Join(", ", Removed)));
        if (!Settings.DryRun)
            pairs.Add(("model", Settings.Out));
        ResultTable.Pairs(terminal, pairs);
    }

    public void Members(Utf8JsonWriter json)
    {
        json.WriteString("command", "prune");
        json.WriteString("model", Settings.DryRun ? null : Settings.Out);
        json.WriteBoolean("dry_run", Settings.DryRun);
        json.Counts("width_before", Before.Widths);
        json.Counts("width", Network.Widths);
        json.WriteNumber("edges_before", EdgesBefore);
        json.WriteNumber("edges", EdgesAfter);
        json.Texts("removed_inputs", Removed);
        if (Report is { } report)
        {
            Parts(json, "kept_edges", report.KeptEdges);
            Parts(json, "removed_edges", report.RemovedEdges);
        }

        if (Settings.LeastHarm is not null)
        {
            json.WriteStartArray("steps");
            foreach (LeastHarmStep step in Steps)
            {
                json.WriteStartObject();
                json.Texts("removed", step.Removed.Select(edge => edge.ToString()));
                json.WriteNumber("edges", step.EdgesLeft);
                json.Number("error", step.Error);
                json.WriteBoolean("accepted", step.Accepted);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Errors.Members(json);
        json.Texts("notes", Notes);
    }

    private static void Scores(PruneReport report, Terminal terminal)
    {
        (PrunedPart<EdgeAddress> Part, bool Stays)[] edges = [.. report.KeptEdges.Select(part => (part, true)).Concat(report.RemovedEdges.Select(part => (part, false)))
            .OrderByDescending(edge => edge.part.Score)];
        ResultTable.Write(
            terminal,
            ["edge", "score", ""],
            [.. edges.Take(MostRows).Select(edge => (string[])[edge.Part.Address.ToString(), Show.Value(edge.Part.Score), edge.Stays ? "stays" : "goes"])]);
        if (edges.Length > MostRows)
            terminal.Note($"{edges.Length - MostRows} more edges of lower score; --json lists them all");
    }

    private static void Parts(Utf8JsonWriter json, string name, IReadOnlyList<PrunedPart<EdgeAddress>> parts)
    {
        json.WriteStartArray(name);
        foreach (PrunedPart<EdgeAddress> part in parts)
        {
            json.WriteStartObject();
            json.Counts("edge", [part.Address.Layer, part.Address.Input, part.Address.Output]);
            json.Number("score", part.Score);
            json.WriteString("why", part.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static int Edges(KanNetwork<T> network)
    {
        int count = 0;
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            for (int input = 0; input < network.Stages[layer].Inputs; input++)
                count += Enumerable.Range(0, network.Stages[layer].Subnodes).Count(output => network.Mode(layer, input, output) != EdgeMode.Off);
        }

        return count;
    }
}
