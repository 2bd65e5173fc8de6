using KanSharp.Networks;

namespace KanSharp.Plotting;

/// <summary>How the nodes of a diagram hang together: which sub-nodes a node has, and what lies on a path from the inputs to the outputs.</summary>
internal sealed class DiagramTopology
{
    private readonly NetworkDiagram _diagram;
    private readonly int[][] _arities, _owners;
    private readonly bool[][] _reached, _needed;

    public DiagramTopology(NetworkDiagram diagram)
    {
        _diagram = diagram;
        int rows = diagram.Widths.Count;
        _arities = [.. Enumerable.Range(0, rows).Select(row => diagram.Arities.Count > 0 && row > 0
            ? [.. diagram.Arities[row]]
            : Enumerable.Repeat(1, diagram.Widths[row]).ToArray())];
        _owners = [.. _arities.Select(row => row.SelectMany((arity, node) => Enumerable.Repeat(node, arity)).ToArray())];
        _reached = [.. diagram.Widths.Select((width, row) => Enumerable.Repeat(row == 0, width).ToArray())];
        _needed = [.. diagram.Widths.Select((width, row) => Enumerable.Repeat(row == rows - 1, width).ToArray())];
    }

    /// <summary>Marks what is alive; the edges have been checked.</summary>
    public DiagramTopology Trace()
    {
        DiagramEdge[] edges = [.. _diagram.Edges.Where(Matters).OrderBy(edge => edge.Layer)];
        foreach (DiagramEdge edge in edges)
            _reached[edge.Layer + 1][Owner(edge)] |= _reached[edge.Layer][edge.From];
        foreach (DiagramEdge edge in Enumerable.Reverse(edges))
            _needed[edge.Layer][edge.From] |= _needed[edge.Layer + 1][Owner(edge)];
        return this;
    }

    /// <summary>Sub-nodes of a row, at which edges end.</summary>
    public int Ends(int row) => _owners[row].Length;

    /// <summary>Sub-nodes of a node; 1 for a sum.</summary>
    public int Arity(int row, int node) => _arities[row][node];

    /// <summary>Index of a node's first sub-node in its row.</summary>
    public int FirstEnd(int row, int node) => Array.IndexOf(_owners[row], node);

    public bool HasProducts(int row) => _arities[row].Any(arity => arity > 1);

    /// <summary>The node at whose sub-node the edge ends.</summary>
    public int Owner(DiagramEdge edge) => _owners[edge.Layer + 1][edge.To];

    public bool IsLive(DiagramEdge edge) =>
        Matters(edge) && _reached[edge.Layer][edge.From] && _needed[edge.Layer + 1][Owner(edge)];

    /// <summary>Outputs are always alive: they are what the network is for.</summary>
    public bool IsLive(int row, int node) => row == _arities.Length - 1 || (_reached[row][node] && _needed[row][node]);

    private bool Matters(DiagramEdge edge) => edge.Mode != EdgeMode.Off && edge.Strength >= _diagram.Threshold;
}
