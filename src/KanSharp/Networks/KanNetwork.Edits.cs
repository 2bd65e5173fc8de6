using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Symbolics;

namespace KanSharp.Networks;

/// <content>Edits of edges, nodes and inputs. Each returns a new network with copies of all parameters; this one is unchanged.</content>
public sealed partial class KanNetwork<T>
{
    /// <summary>What an edge computes.</summary>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="input">Node below, from 0.</param>
    /// <param name="output">Sub-node above, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such edge.</exception>
    public EdgeMode Mode(int layer, int input, int output)
    {
        KanStage<T> stage = StageOf(layer, input, output);
        bool numeric = stage.Numeric.Mask is not { } mask || mask.Value[input, output] != T.Zero;
        return (numeric ? EdgeMode.Numeric : EdgeMode.Off) | (stage.Symbolic?.IndexOf(input, output) >= 0 ? EdgeMode.Symbolic : EdgeMode.Off);
    }

    /// <summary>The symbolic function of an edge with its constants; null if it has none.</summary>
    /// <inheritdoc cref="Mode"/>
    public EdgeFormula? Formula(int layer, int input, int output)
    {
        if (StageOf(layer, input, output).Symbolic is not { } symbolic || symbolic.IndexOf(input, output) is not (>= 0 and var index))
            return null;
        double Constant(int number) => double.CreateTruncating(symbolic.Affine.Value[index, number]);
        CatalogFunction function = symbolic.Edges[index].Function;
        double exponent = function.HasExponent ? double.CreateTruncating(symbolic.Exponents!.Value[index]) : double.NaN;
        return new EdgeFormula(layer, input, output, function, Constant(0), Constant(1), Constant(2), Constant(3), exponent);
    }

    /// <summary>
    /// Switches an edge. <see cref="EdgeMode.Symbolic"/> and <see cref="EdgeMode.Both"/> keep the symbolic function that it has; <see cref="EdgeMode.Numeric"/> and
    /// <see cref="EdgeMode.Off"/> remove it. A numeric function that is switched on has mask 1.
    /// </summary>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="input">Node below, from 0.</param>
    /// <param name="output">Sub-node above, from 0.</param>
    /// <param name="mode">What it is to compute.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such edge or mode.</exception>
    /// <exception cref="InvalidOperationException">The edge has no symbolic function.</exception>
    public KanNetwork<T> WithMode(int layer, int input, int output, EdgeMode mode)
    {
        EdgeMode before = Mode(layer, input, output);
        if (mode is < EdgeMode.Off or > EdgeMode.Both)
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Modes are Off, Numeric, Symbolic and Both.");
        if ((mode & EdgeMode.Symbolic & ~before) != 0)
            throw new InvalidOperationException($"Edge ({layer}, {input}, {output}) has no symbolic function. Give it one with WithSymbolicEdge.");
        var edits = new NetworkEdits<T>(this);
        edits.SwitchNumeric(layer, input, output, (mode & EdgeMode.Numeric) != 0);
        if ((mode & EdgeMode.Symbolic) == 0)
            edits.RemoveSymbolic(layer, input, output);
        return edits.Apply();
    }

    /// <summary>Gives an edge the symbolic function c·f(a·x + b) + d in place of what it computed.</summary>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="input">Node below, from 0.</param>
    /// <param name="output">Sub-node above, from 0.</param>
    /// <param name="function">f.</param>
    /// <param name="a">Factor inside. Default 1.</param>
    /// <param name="b">Shift inside. Default 0.</param>
    /// <param name="c">Factor outside. Default 1.</param>
    /// <param name="d">Shift outside. Default 0.</param>
    /// <param name="exponent">The shape parameter of f; needed where it has one (<see cref="CatalogFunction.HasExponent"/>).</param>
    /// <param name="keepNumeric">Whether the numeric function stays and the symbolic one is added. Default false.</param>
    /// <exception cref="ArgumentException">There is no such edge, a constant is not finite, or the exponent is missing.</exception>
    public KanNetwork<T> WithSymbolicEdge(
        int layer, int input, int output, CatalogFunction function, double a = 1, double b = 0, double c = 1, double d = 0, double exponent = double.NaN, bool keepNumeric = false) =>
        WithSymbolicEdges([new EdgeFormula(layer, input, output, function, a, b, c, d, exponent)], keepNumeric);

    /// <summary>Gives several edges symbolic functions in place of what they computed.</summary>
    /// <param name="edges">The edges; the last one counts where an edge is given twice.</param>
    /// <param name="keepNumeric">Whether numeric functions stay and the symbolic ones are added. Default false.</param>
    /// <exception cref="ArgumentException">There is no such edge, a constant is not finite, or an exponent is missing.</exception>
    public KanNetwork<T> WithSymbolicEdges(IEnumerable<EdgeFormula> edges, bool keepNumeric = false)
    {
        ArgumentNullException.ThrowIfNull(edges);
        var edits = new NetworkEdits<T>(this);
        foreach (EdgeFormula edge in edges)
        {
            StageOf(edge.Layer, edge.Input, edge.Output);
            edits.SetSymbolic(edge);
            if (!keepNumeric)
                edits.SwitchNumeric(edge.Layer, edge.Input, edge.Output, on: false);
        }

        return edits.Apply();
    }

    /// <summary>Puts the numeric functions of all symbolic edges in their place again (pykan: <c>unfix_symbolic_all</c>).</summary>
    public KanNetwork<T> WithoutSymbolic()
    {
        var edits = new NetworkEdits<T>(this);
        for (int layer = 0; layer < _stages.Length; layer++)
        {
            foreach (SymbolicEdge edge in _stages[layer].Symbolic?.Edges ?? [])
            {
                edits.RemoveSymbolic(layer, edge.Input, edge.Output);
                edits.SwitchNumeric(layer, edge.Input, edge.Output, on: true);
            }
        }

        return edits.Apply();
    }

    /// <summary>Removes an edge: it computes nothing.</summary>
    /// <inheritdoc cref="Mode"/>
    public KanNetwork<T> WithoutEdge(int layer, int input, int output) => WithMode(layer, input, output, EdgeMode.Off);

    /// <summary>Another mask for the numeric edges of a layer. Symbolic edges stay as they are.</summary>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="mask">Factors [inputs, sub-nodes], finite; the values are copied.</param>
    /// <exception cref="ArgumentException">There is no such layer, the shape does not fit, or a factor is not finite.</exception>
    public KanNetwork<T> WithMask(int layer, Tensor<T> mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        KanStage<T> stage = StageOf(layer);
        if (mask.Shape != new Shape(stage.Inputs, stage.Subnodes))
            throw new ArgumentException($"The mask has shape {mask.Shape}; layer {layer} has [{stage.Inputs}, {stage.Subnodes}] edges.", nameof(mask));
        foreach (T factor in mask.Span)
        {
            if (!T.IsFinite(factor))
                throw new ArgumentException($"The mask holds {factor}; factors are finite.", nameof(mask));
        }

        return Replace(layer, stage.With(KanLinearEdits.WithMask(stage.Numeric, mask.Clone())));
    }

    /// <summary>Another node stage for a layer: other scales and biases, or other products of the same sub-nodes. The next layer must fit.</summary>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="nodes">The stage, of which a copy is taken; null passes sub-nodes on.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the stage does not fit.</exception>
    public KanNetwork<T> WithNodeStage(int layer, NodeStage<T>? nodes)
    {
        KanStage<T> stage = StageOf(layer);
        return Replace(layer, new KanStage<T>(stage.Numeric.Clone(), stage.Symbolic?.Clone(), nodes?.Clone()));
    }

    /// <summary>
    /// Keeps chosen inputs: the first layer is cut down to them, and rows keep their full width, of which the network reads these columns. The choice survives every
    /// later edit and the model file.
    /// </summary>
    /// <param name="columns">Columns of full rows that are inputs now, in their new order.</param>
    /// <exception cref="ArgumentException">No column, one twice, or one that is no input.</exception>
    public KanNetwork<T> WithInputs(IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int[] present = [.. InputSelection];
        int[] kept = [.. columns.Select(column => Array.IndexOf(present, column))];
        int missing = Array.IndexOf(kept, -1);
        if (missing >= 0)
            throw new ArgumentException($"Column {columns[missing]} is no input of the network; its inputs are the columns [{string.Join(", ", present)}] of {Features}.", nameof(columns));
        CheckChosen(kept, nameof(columns));
        KanStage<T> first = _stages[0];
        return new KanNetwork<T>([InputsOf(first, kept), .. _stages.Skip(1).Select(stage => stage.Clone())], Features, [.. columns]);
    }

    /// <summary>Keeps chosen nodes of a hidden level and removes the others with all their edges.</summary>
    /// <param name="level">1 to the number of layers − 1.</param>
    /// <param name="nodes">The nodes, in their new order; sums come before products.</param>
    /// <exception cref="ArgumentException">There is no such level or node, no node is kept, or one is given twice.</exception>
    public KanNetwork<T> WithNodes(int level, IReadOnlyList<int> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (level < 1 || level >= _stages.Length)
            throw new ArgumentOutOfRangeException(nameof(level), level, _stages.Length == 1 ? "The network has no hidden level." : $"Hidden levels are 1 to {_stages.Length - 1}.");
        KanStage<T> below = _stages[level - 1];
        foreach (int node in nodes)
        {
            if ((uint)node >= (uint)below.Outputs)
                throw new ArgumentOutOfRangeException(nameof(nodes), node, $"Nodes of level {level} are 0 to {below.Outputs - 1}.");
        }

        CheckChosen(nodes, nameof(nodes));
        int[] chosen = [.. nodes];
        int[] subnodes = below.Nodes is { } stage
            ? [.. chosen.SelectMany(node => Enumerable.Range(stage.SubnodesOf(node).Start, stage.SubnodesOf(node).Count))]
            : chosen;
        int[] all = [.. Enumerable.Range(0, below.Inputs)];
        KanStage<T>[] stages = [.. _stages.Select(stage => stage.Clone())];
        stages[level - 1] = new KanStage<T>(KanLinearEdits.Subset(below.Numeric, all, subnodes), below.Symbolic?.Subset(all, subnodes), below.Nodes?.Subset(chosen));
        stages[level] = InputsOf(_stages[level], chosen);
        return With(stages);
    }

    private static KanStage<T> InputsOf(KanStage<T> stage, int[] inputs)
    {
        int[] all = [.. Enumerable.Range(0, stage.Subnodes)];
        return new KanStage<T>(KanLinearEdits.Subset(stage.Numeric, inputs, all), stage.Symbolic?.Subset(inputs, all), stage.Nodes?.Clone());
    }

    private static void CheckChosen(IReadOnlyList<int> chosen, string name)
    {
        if (chosen.Count == 0)
            throw new ArgumentException("Nothing is chosen; at least one is kept.", name);
        if (chosen.Distinct().Count() != chosen.Count)
            throw new ArgumentException($"[{string.Join(", ", chosen)}] names one twice.", name);
    }

    private KanNetwork<T> Replace(int layer, KanStage<T> stage) => With([.. _stages.Select((old, index) => index == layer ? stage : old.Clone())]);

    private KanStage<T> StageOf(int layer) => (uint)layer < (uint)_stages.Length
        ? _stages[layer]
        : throw new ArgumentOutOfRangeException(nameof(layer), layer, $"Layers are 0 to {_stages.Length - 1}.");

    private KanStage<T> StageOf(int layer, int input, int output)
    {
        KanStage<T> stage = StageOf(layer);
        if ((uint)input >= (uint)stage.Inputs)
            throw new ArgumentOutOfRangeException(nameof(input), input, $"Layer {layer} has inputs 0 to {stage.Inputs - 1}; an edge is (layer, input, output).");
        if ((uint)output >= (uint)stage.Subnodes)
            throw new ArgumentOutOfRangeException(nameof(output), output, $"Layer {layer} has outputs 0 to {stage.Subnodes - 1}; an edge is (layer, input, output).");
        return stage;
    }
}
