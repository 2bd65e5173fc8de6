using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>Which edges of a network are on, for decisions about what may go.</summary>
internal sealed class EdgeGraph
{
    private readonly (int Inputs, int SubNodes, int[] NodeOf)[] _layers;

    private EdgeGraph((int Inputs, int SubNodes, int[] NodeOf)[] layers, bool[][] live) => (_layers, Live) = (layers, live);

    /// <summary>Whether each edge is on, row-major [inputs × sub-nodes] per layer.</summary>
    public bool[][] Live { get; }

    public int Layers => _layers.Length;

    public static EdgeGraph Of<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        StageView<T>[] stages = StageView<T>.Of(network);
        var layers = new (int, int, int[])[stages.Length];
        var live = new bool[stages.Length][];
        for (int layer = 0; layer < stages.Length; layer++)
        {
            StageView<T> stage = stages[layer];
            layers[layer] = (stage.Inputs, stage.SubNodes, [.. Enumerable.Range(0, stage.SubNodes).Select(stage.NodeOf)]);
            live[layer] = new bool[stage.Inputs * stage.SubNodes];
            for (int edge = 0; edge < live[layer].Length; edge++)
                live[layer][edge] = stage.IsLive(edge / stage.SubNodes, edge % stage.SubNodes);
        }

        return new EdgeGraph(layers, live);
    }

    public EdgeGraph Copy() => new(_layers, [.. Live.Select(layer => (bool[])layer.Clone())]);

    /// <summary>The edges that are on, in order.</summary>
    public IEnumerable<EdgeAddress> Edges()
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            for (int edge = 0; edge < Live[layer].Length; edge++)
            {
                if (Live[layer][edge])
                    yield return new EdgeAddress(layer, edge / _layers[layer].SubNodes, edge % _layers[layer].SubNodes);
            }
        }
    }

    public bool this[EdgeAddress edge]
    {
        get => Live[edge.Layer][edge.Input * _layers[edge.Layer].SubNodes + edge.Output];
        set => Live[edge.Layer][edge.Input * _layers[edge.Layer].SubNodes + edge.Output] = value;
    }

    /// <summary>Node that an edge leads to.</summary>
    public NodeAddress Target(EdgeAddress edge) => new(edge.Layer + 1, _layers[edge.Layer].NodeOf[edge.Output]);

    /// <summary>Switches off the edges at a node on both sides.</summary>
    public void Isolate(NodeAddress node)
    {
        foreach (EdgeAddress edge in Edges().ToArray())
        {
            if (Target(edge) == node || Source(edge) == node)
                this[edge] = false;
        }
    }

    /// <summary>Switches off the edges that are on no path from an input to an output.</summary>
    public void Close()
    {
        ILookup<int, EdgeAddress> byLayer = Edges().ToLookup(edge => edge.Layer);
        HashSet<NodeAddress> reached = [.. Enumerable.Range(0, _layers[0].Inputs).Select(input => new NodeAddress(0, input))];
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (EdgeAddress edge in byLayer[layer])
            {
                if (reached.Contains(Source(edge)))
                    reached.Add(Target(edge));
                else
                    this[edge] = false;
            }
        }

        HashSet<NodeAddress> leads = [];
        for (int layer = Layers - 1; layer >= 0; layer--)
        {
            foreach (EdgeAddress edge in byLayer[layer])
            {
                if (this[edge] && (layer == Layers - 1 || leads.Contains(Target(edge))))
                    leads.Add(Source(edge));
                else
                    this[edge] = false;
            }
        }
    }

    /// <summary>Node that an edge starts from.</summary>
    public static NodeAddress Source(EdgeAddress edge) => new(edge.Layer, edge.Input);

    /// <summary>Whether a path of edges leads from an input to an output.</summary>
    public bool IsConnected() => BestPath(_ => 1).Count > 0;

    /// <summary>The path from an input to an output whose weakest edge is strongest; empty if there is none.</summary>
    public IReadOnlyList<EdgeAddress> BestPath(Func<EdgeAddress, double> score)
    {
        double[] reach = [.. Enumerable.Repeat(double.PositiveInfinity, _layers[0].Inputs)];
        var from = new EdgeAddress?[Layers][];
        ILookup<int, EdgeAddress> byLayer = Edges().ToLookup(edge => edge.Layer);
        for (int layer = 0; layer < Layers; layer++)
        {
            int nodes = _layers[layer].NodeOf[^1] + 1;
            from[layer] = new EdgeAddress?[nodes];
            double[] next = [.. Enumerable.Repeat(double.NegativeInfinity, nodes)];
            foreach (EdgeAddress edge in byLayer[layer])
            {
                int node = Target(edge).Node;
                double weakest = Math.Min(reach[edge.Input], score(edge));
                if (weakest > next[node])
                    (next[node], from[layer][node]) = (weakest, edge);
            }

            reach = next;
        }

        var path = new List<EdgeAddress>();
        int at = Array.IndexOf(reach, reach.Max());
        for (int layer = Layers - 1; layer >= 0; layer--)
        {
            if (from[layer][at] is not { } edge)
                return [];
            path.Insert(0, edge);
            at = edge.Input;
        }

        return path;
    }
}
