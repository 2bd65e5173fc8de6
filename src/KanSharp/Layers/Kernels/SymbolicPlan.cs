using KanSharp.Symbolics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// How the symbolic edges of a layer are computed: edges with the same function form a group that is evaluated in one call; a function with a shape parameter is
/// called once per edge, for all rows. Only inputs and outputs that have edges are touched.
/// </summary>
internal sealed class SymbolicPlan
{
    public SymbolicPlan(int inputs, int outputs, IReadOnlyList<SymbolicEdge> edges)
    {
        (Inputs, Outputs, Count) = (inputs, outputs, edges.Count);
        Sources = [.. edges.Select(edge => edge.Input).Distinct().Order()];
        Targets = [.. edges.Select(edge => edge.Output).Distinct().Order()];
        var groups = new List<Group>();
        var known = new Dictionary<CatalogFunction, List<Item>>(ReferenceEqualityComparer.Instance);
        for (int index = 0; index < edges.Count; index++)
        {
            SymbolicEdge edge = edges[index];
            var item = new Item(index, Array.BinarySearch(Sources, edge.Input), Array.BinarySearch(Targets, edge.Output));
            if (edge.Function.HasExponent)
                groups.Add(new Group(edge.Function, [item]));
            else if (known.TryGetValue(edge.Function, out List<Item>? items))
                items.Add(item);
            else
                known[edge.Function] = [item];
        }

        Groups = [.. known.Select(entry => new Group(entry.Key, [.. entry.Value])), .. groups];
        Widest = Groups.Max(group => group.Items.Length);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Number of edges.</summary>
    public int Count { get; }

    /// <summary>Inputs that have edges, in order.</summary>
    public int[] Sources { get; }

    /// <summary>Outputs that have edges, in order.</summary>
    public int[] Targets { get; }

    public Group[] Groups { get; }

    /// <summary>Edges of the largest group.</summary>
    public int Widest { get; }

    /// <summary>Edges that are evaluated together.</summary>
    public readonly record struct Group(CatalogFunction Function, Item[] Items);

    /// <summary>An edge.</summary>
    /// <param name="Edge">Its number, the row of its constants.</param>
    /// <param name="Source">Its input among <see cref="Sources"/>.</param>
    /// <param name="Target">Its output among <see cref="Targets"/>.</param>
    public readonly record struct Item(int Edge, int Source, int Target);
}
