using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Changes of a network's structure (KAN 2.0, arXiv 2408.10205, sections 3 and 4). Every one returns a new network and says what it did; wider, deeper and reordered
/// networks compute what the old one computes.
/// </summary>
public static partial class Restructuring
{
    private static CatalogFunction Identity => FunctionCatalog.Standard["x"];

    /// <summary>Inserts a layer of symbolic identities (pykan: <c>expand_depth</c>). The function stays what it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="level">Level whose nodes go through the new layer, 0 for the inputs; null (default) for the outputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public static EditResult<T> ExpandDepth<T>(KanNetwork<T> network, int? level = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        int at = level ?? network.Stages.Count;
        RequireLevel(at, 0, network.Stages.Count, "levels");
        int width = network.Widths[at];
        var affine = new Tensor<T>(new Shape(width, 4));
        for (int node = 0; node < width; node++)
            (affine[node, 0], affine[node, 2]) = (T.One, T.One);
        var edges = new SymbolicEdges<T>(width, width, [.. Enumerable.Range(0, width).Select(node => new SymbolicEdge(node, node, Identity))], affine);
        KanStage<T> added = KanStage<T>.FromSymbolic(edges, null, network.Layers[Math.Min(at, network.Layers.Count - 1)].Options);
        List<KanStage<T>> stages = [.. network.Stages.Select(stage => stage.Clone())];
        stages.Insert(at, added);
        return Result(network, network.With(stages), [Text($"layer {at}: {width} symbolic identities, inserted after level {at}")]);
    }

    /// <summary>Adds hidden nodes without edges (pykan: <c>expand_width</c>). The function stays what it is; <see cref="Perturb"/> wakes them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="level">Hidden level.</param>
    /// <param name="count">Nodes to add, at least 1.</param>
    /// <param name="arity">Factors of each, at least 2, for product nodes, which come last; null (default) for sums, which come after the sums that are there.</param>
    /// <param name="seed">Seed of the numeric functions that are switched off. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hidden level, or a number is too small.</exception>
    public static EditResult<T> ExpandWidth<T>(KanNetwork<T> network, int level, int count, int? arity = null, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        RequireHidden(network, level);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (arity < 2)
            throw new ArgumentOutOfRangeException(nameof(arity), arity, "A product node has at least 2 factors.");
        KanStage<T> below = network.Stages[level - 1];
        int sums = arity is null ? below.Nodes?.Sums ?? below.Outputs : below.Outputs;
        int subSums = arity is null ? sums : below.Subnodes;
        int[] nodes = Inserted(below.Outputs, sums, count), subNodes = Inserted(below.Subnodes, subSums, count * (arity ?? 1));
        var random = new SplitRandom(seed);
        KanStage<T>[] stages = [.. network.Stages.Select(stage => stage.Clone())];
        stages[level - 1] = StageGrowth.Grow(below, All(below.Inputs), subNodes, StageGrowth.Nodes(below.Nodes, nodes, arity), random.Split("below"));
        KanStage<T> above = network.Stages[level];
        stages[level] = StageGrowth.Grow(above, nodes, All(above.Subnodes), above.Nodes?.Clone(), random.Split("above"));
        return Result(network, network.With(stages), [Text($"level {level}: {count} {(arity is null ? "sums" : $"products of {arity}")} added as nodes {sums} to {sums + count - 1}, without edges")]);
    }

    /// <summary>Adds inputs at the end of the rows, without edges. The function stays what it is; see <see cref="InputAugmentation"/> for what may be in them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="count">Columns that are added to rows, at least 1.</param>
    /// <param name="seed">Seed of the numeric functions that are switched off. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is too small.</exception>
    public static EditResult<T> AddInputs<T>(KanNetwork<T> network, int count, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        KanStage<T> first = network.Stages[0];
        int[] inputs = Inserted(first.Inputs, first.Inputs, count);
        KanStage<T> grown = StageGrowth.Grow(first, inputs, All(first.Subnodes), first.Nodes?.Clone(), new SplitRandom(seed));
        var wider = new KanNetwork<T>(
            [grown, .. network.Stages.Skip(1).Select(stage => stage.Clone())], network.Features + count,
            [.. network.InputSelection, .. Enumerable.Range(network.Features, count)]);
        return Result(network, wider, [Text($"inputs: columns {network.Features} to {network.Features + count - 1} added, without edges")]);
    }

    /// <summary>0 to old − 1 with −1 for new ones at a place.</summary>
    private static int[] Inserted(int old, int at, int count) =>
        [.. Enumerable.Range(0, at), .. Enumerable.Repeat(-1, count), .. Enumerable.Range(at, old - at)];

    private static int[] All(int count) => [.. Enumerable.Range(0, count)];

    private static EditResult<T> Result<T>(KanNetwork<T> before, KanNetwork<T> after, IReadOnlyList<string> changes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(after, before.Shape.ToString(), after.Shape.ToString(), changes);

    private static void RequireHidden<T>(KanNetwork<T> network, int level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (network.Stages.Count == 1)
            throw new ArgumentOutOfRangeException(nameof(level), level, "The network has one layer and no hidden level. ExpandDepth adds one.");
        RequireLevel(level, 1, network.Stages.Count - 1, "hidden levels");
    }

    private static void RequireLevel(int level, int first, int last, string what)
    {
        if (level < first || level > last)
            throw new ArgumentOutOfRangeException(nameof(level), level, Text($"The network has {what} {first} to {last}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
