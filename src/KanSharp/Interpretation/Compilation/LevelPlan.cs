namespace KanSharp.Interpretation.Compilation;

/// <summary>
/// Nodes on levels, so that every edge leads from one level to the next: a node stands as low as it can, and copies of it carry its value up. Only what an output needs is
/// placed.
/// </summary>
internal sealed class LevelPlan
{
    private readonly Dictionary<(GraphNode Node, int Duplicate), PlacedNode>[] _nodes;
    private readonly Dictionary<GraphTerm, PlacedNode>[] _terms;
    private readonly List<PlacedNode>[] _levels;

    public LevelPlan(IReadOnlyList<GraphNode> inputs, IReadOnlyList<FormulaOutput> outputs)
    {
        Depth = outputs.Max(output => output.Node.Level);
        _nodes = [.. Enumerable.Range(0, Depth + 1).Select(_ => new Dictionary<(GraphNode, int), PlacedNode>())];
        _terms = [.. Enumerable.Range(0, Depth + 1).Select(_ => new Dictionary<GraphTerm, PlacedNode>())];
        _levels = [.. Enumerable.Range(0, Depth + 1).Select(_ => new List<PlacedNode>())];
        foreach (GraphNode input in inputs)
            Place(input, 0, 0);
        foreach (FormulaOutput output in outputs)
            _levels[Depth].Add(Place(output));
        for (int level = Depth; level > 0; level--)
        {
            foreach (PlacedNode node in _levels[level])
                Connect(node, level - 1);

            // products stand after sums, but outputs keep their order
            if (level > 1)
                _levels[level - 1] = [.. _levels[level - 1].OrderBy(node => node.Factors.Count > 1)];
        }
    }

    /// <summary>Number of layers.</summary>
    public int Depth { get; }

    /// <summary>The nodes of every level, inputs first.</summary>
    public IReadOnlyList<IReadOnlyList<PlacedNode>> Levels => _levels;

    /// <summary>An output at the last level; one that could stand lower is carried up by an edge that takes its factor and its offset.</summary>
    private PlacedNode Place(FormulaOutput output) => output.Node.Level == Depth || output.Node.Factors.All(factor => factor.Terms.Count == 0)
        ? new PlacedNode(output.Node.Factors, output.Scale, output.Bias)
        : new PlacedNode([new GraphSum(GraphTerm.Identity(output.Node, output.Scale)) { Constant = output.Bias }]);

    private void Connect(PlacedNode node, int below)
    {
        for (int factor = 0; factor < node.Factors.Count; factor++)
        {
            var used = new HashSet<PlacedNode>(ReferenceEqualityComparer.Instance);
            foreach (GraphTerm term in node.Factors[factor].Terms)
                node.Edges[factor].Add(Connect(term, below, used));
        }
    }

    /// <summary>
    /// An edge from a level. There is one edge between two nodes, so a second function of the same source is computed one level earlier where there is room, or the source stands
    /// there twice.
    /// </summary>
    private PlacedEdge Connect(GraphTerm term, int level, HashSet<PlacedNode> used)
    {
        PlacedNode source = Place(term.Source, level, 0);
        if (used.Add(source))
            return new PlacedEdge(source, term);
        if (term.Source.Level < level)
        {
            GraphTerm alone = term with { C = 1 };
            if (!_terms[level].TryGetValue(alone, out PlacedNode? earlier))
            {
                earlier = new PlacedNode([new GraphSum(alone)]);
                _terms[level].Add(alone, earlier);
                _levels[level].Add(earlier);
            }

            used.Add(earlier);
            return new PlacedEdge(earlier, GraphTerm.Identity(term.Source, term.C));
        }

        int duplicate = 0;
        do
            source = Place(term.Source, level, ++duplicate);
        while (!used.Add(source));
        return new PlacedEdge(source, term);
    }

    private PlacedNode Place(GraphNode node, int level, int duplicate)
    {
        if (_nodes[level].TryGetValue((node, duplicate), out PlacedNode? known))
            return known;
        var placed = new PlacedNode(Factors(node, level));
        _nodes[level].Add((node, duplicate), placed);
        _levels[level].Add(placed);
        return placed;
    }

    /// <summary>The node itself at its own level, a copy above.</summary>
    private static IReadOnlyList<GraphSum> Factors(GraphNode node, int level) =>
        node.Level == level ? node.Factors : [new GraphSum(GraphTerm.Identity(node))];
}
