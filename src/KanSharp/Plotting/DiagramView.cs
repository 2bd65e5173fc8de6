namespace KanSharp.Plotting;

/// <summary>What a <see cref="NetworkDiagram"/> shows of edges and nodes that do nothing.</summary>
public enum DiagramView
{
    /// <summary>Every node, and every edge that is not off.</summary>
    Full,

    /// <summary>Only edges that matter and nodes on a path of such edges from an input to an output.</summary>
    Pruned,

    /// <summary>Everything; what <see cref="Pruned"/> leaves out is pale and dashed.</summary>
    Ghosted,
}
