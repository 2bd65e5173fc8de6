using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// What stands between the sums of a layer and the nodes of the next (Liu et al., KAN 2.0, arXiv 2408.10205, section 2): every sum s_q, here called a sub-node,
/// becomes u_q = scale_q·s_q + bias_q; the first <see cref="Sums"/> of them are nodes as they are, and each further node is the product of as many consecutive
/// sub-nodes as its arity says; then y_j = scale_j·node_j + bias_j.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class NodeStage<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _arities;

    /// <summary>Creates a stage whose scales are 1 and biases 0.</summary>
    /// <param name="sums">Nodes that are sums; they come first.</param>
    /// <param name="arities">Factors of every product node, at least 1 each; none by default.</param>
    /// <param name="trainable">Whether scales and biases are trained (pykan: <c>affine_trainable</c>). Default false.</param>
    /// <exception cref="ArgumentException">A number is negative, or there is no node.</exception>
    public NodeStage(int sums, IReadOnlyList<int>? arities = null, bool trainable = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sums);
        _arities = [.. arities ?? []];
        if (sums + _arities.Length == 0)
            throw new ArgumentException("A stage without nodes; there is at least one sum or product.", nameof(sums));
        foreach (int arity in _arities)
        {
            if (arity < 1)
                throw new ArgumentException($"A product node has {arity} factors; it has at least 1.", nameof(arities));
        }

        Sums = sums;
        Subnodes = checked(sums + _arities.Sum());
        First = new int[Nodes + 1];
        for (int node = 0; node < Nodes; node++)
            First[node + 1] = First[node] + (node < sums ? 1 : _arities[node - sums]);
        SubnodeScale = Filled(Subnodes, T.One, trainable);
        SubnodeBias = Filled(Subnodes, T.Zero, trainable);
        NodeScale = Filled(Nodes, T.One, trainable);
        NodeBias = Filled(Nodes, T.Zero, trainable);
        Members = [("subnode_scale", SubnodeScale), ("subnode_bias", SubnodeBias), ("node_scale", NodeScale), ("node_bias", NodeBias)];
    }

    /// <summary>Nodes that are sums; they come first.</summary>
    public int Sums { get; }

    /// <summary>Factors of every product node; their nodes follow the sums.</summary>
    public IReadOnlyList<int> Arities => _arities;

    /// <summary>Number of sub-nodes: outputs of the layer below.</summary>
    public int Subnodes { get; }

    /// <summary>Number of nodes: inputs of the layer above.</summary>
    public int Nodes => Sums + _arities.Length;

    /// <summary>Scale of every sub-node.</summary>
    public Parameter<T> SubnodeScale { get; }

    /// <summary>Bias of every sub-node.</summary>
    public Parameter<T> SubnodeBias { get; }

    /// <summary>Scale of every node.</summary>
    public Parameter<T> NodeScale { get; }

    /// <summary>Bias of every node.</summary>
    public Parameter<T> NodeBias { get; }

    /// <summary>Whether nodes are the sub-nodes, unchanged and not trained: the stage does nothing.</summary>
    public bool IsIdentity => _arities.Length == 0 && Parameters().All(entry => !entry.Parameter.Trainable)
        && !SubnodeScale.Value.Span.ContainsAnyExcept(T.One) && !NodeScale.Value.Span.ContainsAnyExcept(T.One)
        && !SubnodeBias.Value.Span.ContainsAnyExcept(T.Zero) && !NodeBias.Value.Span.ContainsAnyExcept(T.Zero);

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>First sub-node of every node, and the number of sub-nodes at the end.</summary>
    internal int[] First { get; }

    /// <summary>The sub-nodes of a node: first and number.</summary>
    /// <param name="node">The node, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public (int Start, int Count) SubnodesOf(int node)
    {
        if ((uint)node >= (uint)Nodes)
            throw new ArgumentOutOfRangeException(nameof(node), node, $"Nodes are 0 to {Nodes - 1}.");
        return (First[node], First[node + 1] - First[node]);
    }

    /// <summary>The node that a sub-node is part of.</summary>
    /// <param name="subnode">The sub-node, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sub-node.</exception>
    public int NodeOf(int subnode)
    {
        if ((uint)subnode >= (uint)Subnodes)
            throw new ArgumentOutOfRangeException(nameof(subnode), subnode, $"Sub-nodes are 0 to {Subnodes - 1}.");
        int found = Array.BinarySearch(First, subnode);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Computes the nodes.</summary>
    /// <param name="x">Sub-nodes [..., sub-nodes].</param>
    /// <returns>Nodes [..., nodes].</returns>
    /// <exception cref="ArgumentException">The last axis is not the number of sub-nodes.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("NodeStage", x, Subnodes);
        x.Tape.Observer?.Enter(this, x);
        Var<T> y = NodeStageNode<T>.Record(this, x, null);
        x.Tape.Observer?.Leave(this, x, y);
        return y;
    }

    /// <summary>Computes the nodes and their derivatives; that of a product is the sum over its factors of the derivative of one times the others, and so on.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        if (x.Shape.Order > 1)
            return NodeJets<T>.Of(this, x).WithValue(Forward(x.Value));
        return x.Map((Stage: this, X: x.Value), static (s, value) => s.Stage.Forward(value), static (s, derivative) => NodeStageNode<T>.Record(s.Stage, s.X, derivative));
    }

    /// <summary>Copies the stage with its parameters.</summary>
    public NodeStage<T> Clone() => Subset([.. Enumerable.Range(0, Nodes)]);

    /// <summary>The stage with chosen nodes, in the order given; sums must come before products.</summary>
    internal NodeStage<T> Subset(ReadOnlySpan<int> nodes)
    {
        int sums = 0;
        var arities = new List<int>();
        var subnodes = new List<int>();
        foreach (int node in nodes)
        {
            (int start, int count) = SubnodesOf(node);
            if (node >= Sums)
                arities.Add(count);
            else if (arities.Count == 0)
                sums++;
            else
                throw new ArgumentException($"Node {node} is a sum and comes after a product; sums come first.", nameof(nodes));
            subnodes.AddRange(Enumerable.Range(start, count));
        }

        var stage = new NodeStage<T>(sums, arities);
        Copy(SubnodeScale, stage.SubnodeScale, [.. subnodes]);
        Copy(SubnodeBias, stage.SubnodeBias, [.. subnodes]);
        Copy(NodeScale, stage.NodeScale, nodes);
        Copy(NodeBias, stage.NodeBias, nodes);
        return stage;
    }

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("NodeStage", features, Subnodes);
        return new RowPlan(Nodes, 2 * (Subnodes + Nodes));
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        var constants = new NodeConstants<T>(this);
        for (int row = 0; row < rows; row++)
            constants.Values(x.Slice(row * Subnodes, Subnodes), y.Slice(row * Nodes, Nodes));
    }

    private static Parameter<T> Filled(int count, T value, bool trainable)
    {
        var tensor = new Tensor<T>(new Shape(count));
        tensor.Span.Fill(value);
        return new Parameter<T>(tensor) { Trainable = trainable };
    }

    private static void Copy(Parameter<T> source, Parameter<T> target, ReadOnlySpan<int> chosen)
    {
        target.Trainable = source.Trainable;
        for (int index = 0; index < chosen.Length; index++)
            target.Value[index] = source.Value[chosen[index]];
    }
}
