using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>One call of pruning: edges are switched off step by step in a network of the old shape, which shrinks at the end.</summary>
internal sealed class PruneSession<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanNetwork<T> _before;
    private readonly Tensor<T>? _inputs;
    private readonly PruneOptions _options;
    private readonly EdgeGraph _first;
    private readonly Dictionary<EdgeAddress, string> _edgeReasons = [];
    private readonly Dictionary<NodeAddress, string> _nodeReasons = [];
    private readonly Dictionary<EdgeAddress, double> _edgeScores = [];
    private readonly Dictionary<NodeAddress, double> _nodeScores = [];
    private readonly List<string> _notes = [];
    private KanNetwork<T> _network;

    public PruneSession(KanNetwork<T> network, Tensor<T>? inputs, PruneOptions options)
    {
        (_before, _network, _inputs, _options) = (network, network, inputs, options);
        _first = EdgeGraph.Of(network);
        if (!_first.IsConnected())
            throw new ArgumentException("No path of edges leads from an input of the network to an output; there is nothing to prune.", nameof(network));
    }

    /// <summary>Removes hidden nodes of low score.</summary>
    public void Nodes()
    {
        if (_options.NodeThreshold is null && _options.KeepNodes is null)
            return;
        PruneScores scores = PruneScores.Of(_network, _inputs!, _options);
        NodeAddress[] hidden = [.. HiddenNodes()];
        foreach (NodeAddress node in hidden)
            _nodeScores[node] = scores.Node(node);
        foreach (EdgeAddress edge in _first.Edges())
            _edgeScores[edge] = scores.Edge(edge);
        List<NodeAddress> low = Low(hidden, node => _nodeScores[node], _options.KeepNodes, _options.NodeThreshold);
        for (int level = 1; level < _before.Stages.Count; level++)
        {
            NodeAddress[] all = [.. hidden.Where(node => node.Level == level)];
            if (!all.All(low.Contains))
                continue;
            NodeAddress best = all.MaxBy(node => _nodeScores[node]);
            low.Remove(best);
            Note($"No node of level {level} has a high score; node {best.Node} stays ({_nodeScores[best]:G4}), since a level is never emptied.");
        }

        EdgeGraph live = EdgeGraph.Of(_network);
        foreach (NodeAddress node in low)
        {
            _nodeReasons[node] = Text($"score {_nodeScores[node]:G4}");
            live.Isolate(node);
        }

        SwitchOff(live, scores.Edge, "node removed");
    }

    /// <summary>Removes edges of low score.</summary>
    public void Edges()
    {
        PruneScores scores = PruneScores.Of(_network, _inputs!, _options);
        EdgeGraph live = EdgeGraph.Of(_network);
        EdgeAddress[] edges = [.. live.Edges()];
        foreach (EdgeAddress edge in edges)
            _edgeScores[edge] = scores.Edge(edge);
        if (_options.KeepEdges is { } count)
        {
            live = Strongest(live, [.. edges.OrderBy(edge => _edgeScores[edge])], count);
        }
        else if (_options.EdgeThreshold is { } threshold)
        {
            foreach (EdgeAddress edge in Low(edges, edge => _edgeScores[edge], null, threshold))
            {
                _edgeReasons[edge] = Text($"score {_edgeScores[edge]:G4}");
                live[edge] = false;
            }
        }

        SwitchOff(live, scores.Edge, "dangling");
    }

    /// <summary>Removes inputs of low score.</summary>
    public void Inputs()
    {
        PruneScores scores = PruneScores.Of(_network, _inputs!, _options);
        NodeAddress[] inputs = [.. Enumerable.Range(0, _before.Widths[0]).Select(input => new NodeAddress(0, input))];
        foreach (NodeAddress input in inputs)
            _nodeScores[input] = scores.Node(input);
        if (_options.InputThreshold is null && _options.KeepInputs is null)
            return;
        EdgeGraph live = EdgeGraph.Of(_network);
        foreach (NodeAddress input in Low(inputs, input => _nodeScores[input], _options.KeepInputs, _options.InputThreshold))
        {
            _nodeReasons[input] = Text($"score {_nodeScores[input]:G4}");
            live.Isolate(input);
        }

        SwitchOff(live, scores.Edge, "input removed");
    }

    public void RemoveEdges(IEnumerable<EdgeAddress> edges)
    {
        EdgeGraph live = EdgeGraph.Of(_network);
        foreach (EdgeAddress edge in edges)
        {
            _network.Mode(edge.Layer, edge.Input, edge.Output);
            live[edge] = false;
            _edgeReasons[edge] = "named";
        }

        SwitchOffNamed(live, "");
    }

    public void RemoveNodes(IEnumerable<NodeAddress> nodes)
    {
        EdgeGraph live = EdgeGraph.Of(_network);
        foreach (NodeAddress node in nodes)
        {
            if (node.Level < 1 || node.Level >= _before.Stages.Count || (uint)node.Node >= (uint)_before.Widths[node.Level])
                throw new ArgumentOutOfRangeException(nameof(nodes), node, $"There is no hidden node {node}; the network has the widths [{string.Join(", ", _before.Widths)}]. Use RemoveInputs for inputs.");
            live.Isolate(node);
            _nodeReasons[node] = "named";
        }

        SwitchOffNamed(live, "node removed");
    }

    public void RemoveColumns(IEnumerable<int> columns)
    {
        EdgeGraph live = EdgeGraph.Of(_network);
        int[] present = [.. _before.InputSelection];
        foreach (int column in columns)
        {
            int input = Array.IndexOf(present, column);
            if (input < 0)
                throw new ArgumentException($"Column {column} is no input of the network; its inputs are the columns [{string.Join(", ", present)}] of {_before.Features}.", nameof(columns));
            live.Isolate(new NodeAddress(0, input));
            _nodeReasons[new NodeAddress(0, input)] = "named";
        }

        SwitchOffNamed(live, "input removed");
    }

    /// <summary>Shrinks the network and reports.</summary>
    public PruneResult<T> Finish(IReadOnlyList<(string Name, TrainingData<T> Data)> data)
    {
        EdgeGraph wanted = EdgeGraph.Of(_network);
        KanNetwork<T> pruned = DanglingNodes.Remove(_network, out int[][] kept, _notes);
        int[] inputs = [.. kept[0].Where(input => !_nodeReasons.ContainsKey(new NodeAddress(0, input)))];
        if (_options.DropUnusedInputs)
        {
            HashSet<int> used = [.. EdgeGraph.Of(pruned).Edges().Where(edge => edge.Layer == 0).Select(edge => edge.Input)];
            foreach (int input in inputs.Where(input => !used.Contains(input)))
                _nodeReasons.TryAdd(new NodeAddress(0, input), "no edge left");
            inputs = [.. inputs.Where(used.Contains)];
        }

        if (inputs.Length < _before.Widths[0])
            pruned = pruned.WithInputs([.. inputs.Select(input => _before.InputSelection[input])]);
        kept[0] = inputs;
        return new PruneResult<T>(_options.DryRun ? _before : pruned, Report(pruned, kept, wanted, data));
    }

    private PruneReport Report(KanNetwork<T> pruned, int[][] kept, EdgeGraph wanted, IReadOnlyList<(string Name, TrainingData<T> Data)> data)
    {
        HashSet<NodeAddress> stay = [.. kept.SelectMany((nodes, level) => nodes.Select(node => new NodeAddress(level, node)))];
        bool Stays(EdgeAddress edge) => wanted[edge] && stay.Contains(_first.Target(edge)) && stay.Contains(new NodeAddress(edge.Layer, edge.Input));
        ILookup<bool, EdgeAddress> edges = _first.Edges().ToLookup(Stays);
        ILookup<bool, NodeAddress> nodes = HiddenNodes().ToLookup(stay.Contains);
        ILookup<bool, NodeAddress> inputs = Enumerable.Range(0, _before.Widths[0]).Select(input => new NodeAddress(0, input)).ToLookup(stay.Contains);
        return new PruneReport
        {
            KeptEdges = [.. edges[true].Select(edge => Part(edge, _edgeScores, _edgeReasons, ""))],
            RemovedEdges = [.. edges[false].Select(edge => Part(edge, _edgeScores, _edgeReasons, "dangling"))],
            KeptNodes = [.. nodes[true].Select(node => Part(node, _nodeScores, _nodeReasons, ""))],
            RemovedNodes = [.. nodes[false].Select(node => Part(node, _nodeScores, _nodeReasons, "dangling"))],
            KeptInputs = [.. inputs[true].Select(node => Part(node, _nodeScores, _nodeReasons, ""))],
            RemovedInputs = [.. inputs[false].Select(node => Part(node, _nodeScores, _nodeReasons, "no edge left"))],
            WidthsBefore = _before.Widths,
            WidthsAfter = pruned.Widths,
            Errors = [.. data.Select(entry => NamedErrors.Of(entry.Name, entry.Data, _before, pruned, _options.Loss))],
            LargestChange = _inputs is null ? 0 : NamedErrors.LargestChange(_before, pruned, _inputs),
            Notes = _notes,
            DryRun = _options.DryRun,
        };
    }

    /// <summary>Switches edges off after making sure that a path from an input to an output stays.</summary>
    private void SwitchOff(EdgeGraph live, Func<EdgeAddress, double> score, string reason)
    {
        if (!live.IsConnected())
        {
            IReadOnlyList<EdgeAddress> path = EdgeGraph.Of(_network).BestPath(score);
            foreach (EdgeAddress edge in path)
            {
                live[edge] = true;
                _edgeReasons.Remove(edge);
                _nodeReasons.Remove(new NodeAddress(edge.Layer, edge.Input));
            }

            Note($"No path from an input to an output has a high score; the strongest one, {string.Join(" ", path)}, stays, since a layer is never emptied.");
        }

        Off(live, reason);
    }

    private void SwitchOffNamed(EdgeGraph live, string reason)
    {
        if (!live.IsConnected())
            throw new ArgumentException("Without these nothing would lead from the inputs to the outputs; a layer is never emptied. Keep at least one path of edges.");
        Off(live, reason);
    }

    private void Off(EdgeGraph live, string reason)
    {
        foreach (EdgeAddress edge in EdgeGraph.Of(_network).Edges().Where(edge => !live[edge]))
            _edgeReasons.TryAdd(edge, reason);
        _network = EdgeRemoval.Apply(_network, live, _options.KeepMeans ? _inputs : null);
    }

    private IEnumerable<NodeAddress> HiddenNodes() =>
        Enumerable.Range(1, _before.Stages.Count - 1).SelectMany(level => Enumerable.Range(0, _before.Widths[level]).Select(node => new NodeAddress(level, node)));

    /// <summary>
    /// Removes the weakest edges, and those that then lead nowhere, until at most so many are left; the last path stays whatever its length. How many of the weakest
    /// that takes is found by bisection, since more removed ones never leave more.
    /// </summary>
    private EdgeGraph Strongest(EdgeGraph live, EdgeAddress[] ascending, int count)
    {
        int fewest = 0, most = ascending.Length;
        while (fewest < most)
        {
            int middle = (fewest + most) / 2;
            if (Without(live, ascending, middle).Edges().Count() <= count)
                most = middle;
            else
                fewest = middle + 1;
        }

        EdgeGraph left = Without(live, ascending, fewest);
        if (!left.Edges().Any())
        {
            left = Without(live, ascending, --fewest);
            Note($"{left.Edges().Count()} edges stay instead of {count}: without one of them nothing would lead from the inputs to the outputs.");
        }

        foreach (EdgeAddress edge in ascending.Take(fewest))
            _edgeReasons[edge] = Text($"score {_edgeScores[edge]:G4}");
        return left;
    }

    private static EdgeGraph Without(EdgeGraph live, EdgeAddress[] ascending, int removed)
    {
        EdgeGraph left = live.Copy();
        foreach (EdgeAddress edge in ascending.Take(removed))
            left[edge] = false;
        left.Close();
        return left;
    }

    /// <summary>What is not among the best so many, or not above the threshold. Of equal scores the first stays.</summary>
    private static List<TPart> Low<TPart>(TPart[] parts, Func<TPart, double> score, int? keep, double? threshold) =>
        keep is { } count ? [.. parts.OrderByDescending(score).Skip(count)] : [.. parts.Where(part => !(score(part) > threshold))];

    private static PrunedPart<TAddress> Part<TAddress>(TAddress address, Dictionary<TAddress, double> scores, Dictionary<TAddress, string> reasons, string otherwise)
        where TAddress : struct =>
        new(address, scores.TryGetValue(address, out double score) ? score : double.NaN, reasons.GetValueOrDefault(address, otherwise));

    private void Note(FormattableString text) => _notes.Add(text.ToString(CultureInfo.InvariantCulture));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
