using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// One step of a network from nodes to nodes: numeric edges plus symbolic edges give the sums (sub-nodes), and the node stage makes nodes of them. Every index of an
/// edge is (input, output) with the sub-node as output, everywhere.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class KanStage<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts the parts together. The parameters of a numeric layer whose mask is all 0 are frozen: it is not computed.</summary>
    /// <param name="numeric">The numeric edges.</param>
    /// <param name="symbolic">The symbolic edges; none by default.</param>
    /// <param name="nodes">What becomes of the sums; null (default) passes them on.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public KanStage(KanLinear<T> numeric, SymbolicEdges<T>? symbolic = null, NodeStage<T>? nodes = null)
    {
        ArgumentNullException.ThrowIfNull(numeric);
        if (symbolic is not null && (symbolic.Inputs, symbolic.Outputs) != (numeric.Inputs, numeric.Outputs))
            throw new ArgumentException($"The symbolic edges lead from {symbolic.Inputs} inputs to {symbolic.Outputs} outputs, the numeric ones from {numeric.Inputs} to {numeric.Outputs}; both must be the same.", nameof(symbolic));
        if (nodes is not null && nodes.Subnodes != numeric.Outputs)
            throw new ArgumentException($"The nodes are made of {nodes.Subnodes} sub-nodes, but the layer has {numeric.Outputs} outputs.", nameof(nodes));
        (Numeric, Symbolic, Nodes) = (numeric, symbolic, nodes);
        if (numeric.IsOff)
            numeric.SetTrainable(false);
        var members = new List<Member<T>> { ("numeric", numeric) };
        if (symbolic is not null)
            members.Add(("symbolic", symbolic));
        if (nodes is not null)
            members.Add(("nodes", nodes));
        Members = members;
    }

    /// <summary>The numeric edges, inputs × sub-nodes.</summary>
    public KanLinear<T> Numeric { get; }

    /// <summary>The symbolic edges; null if there are none.</summary>
    public SymbolicEdges<T>? Symbolic { get; }

    /// <summary>What becomes of the sums; null if the sub-nodes are the nodes.</summary>
    public NodeStage<T>? Nodes { get; }

    /// <summary>Nodes below.</summary>
    public int Inputs => Numeric.Inputs;

    /// <summary>Sums of edges.</summary>
    public int Subnodes => Numeric.Outputs;

    /// <summary>Nodes above.</summary>
    public int Outputs => Nodes?.Nodes ?? Numeric.Outputs;

    /// <summary>Whether the numeric edges are all masked out, so that they are neither computed nor trained.</summary>
    public bool NumericIsOff => Numeric.IsOff;

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Whether this is a numeric layer and nothing else.</summary>
    internal bool IsPlain => Symbolic is null && Nodes is null && !Numeric.IsOff;

    /// <summary>A stage of symbolic edges alone: its numeric edges are masked out, to be switched on later.</summary>
    /// <param name="symbolic">The symbolic edges.</param>
    /// <param name="nodes">What becomes of the sums; null (default) passes them on.</param>
    /// <param name="options">Options of the numeric edges; the defaults if null.</param>
    /// <param name="seed">Seed of the numeric edges' values. Default 0.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range.</exception>
    public static KanStage<T> FromSymbolic(SymbolicEdges<T> symbolic, NodeStage<T>? nodes = null, KanLinearOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(symbolic);
        KanLinear<T> numeric = KanLinear<T>.Create(symbolic.Inputs, symbolic.Outputs, (options ?? new KanLinearOptions()) with { Mask = true, Bias = false }, new SplitRandom(seed));
        numeric.Mask!.Value.Span.Clear();
        return new KanStage<T>(numeric, symbolic, nodes);
    }

    /// <summary>Computes the nodes: [..., inputs] to [..., outputs].</summary>
    public override Var<T> Forward(Var<T> x)
    {
        Var<T> sums = ForwardSums(x);
        return Nodes is null ? sums : Nodes.Forward(sums);
    }

    /// <summary>Computes the nodes and their derivative along the input's direction.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        Jet<T> sums = Numeric.IsOff
            ? Skip(x.Value) is { } zeros ? x.Constant(zeros) : Symbolic!.Forward(x)
            : Symbolic is null ? Numeric.Forward(x) : Numeric.Forward(x) + Symbolic.Forward(x);
        return Nodes is null ? sums : Nodes.Forward(sums);
    }

    /// <summary>Computes the sums of edges, before the nodes are made of them: [..., inputs] to [..., sub-nodes].</summary>
    public Var<T> ForwardSums(Var<T> x)
    {
        if (Numeric.IsOff)
            return Skip(x) ?? Symbolic!.Forward(x);
        return Symbolic is null ? Numeric.Forward(x) : Numeric.Forward(x) + Symbolic.Forward(x);
    }

    /// <summary>Copies the stage with its parameters and state.</summary>
    public KanStage<T> Clone() => new(Numeric.Clone(), Symbolic?.Clone(), Nodes?.Clone());

    /// <summary>The same with another numeric layer, which becomes its own; all else is copied.</summary>
    internal KanStage<T> With(KanLinear<T> numeric) => new(numeric, Symbolic?.Clone(), Nodes?.Clone());

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("KanStage", features, Inputs);
        RowPlan? numeric = Numeric.IsOff ? new RowPlan(Subnodes, 0) : Numeric.Plan(features);
        if (numeric is null)
            return null;
        long cost = numeric.Value.Cost + (Symbolic?.Cost ?? 0) + (Nodes is null ? 0 : Nodes.Plan(Subnodes)!.Value.Cost);
        return new RowPlan(Outputs, cost);
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        if (Nodes is null)
        {
            Sums(rows, x, y, executor);
            return;
        }

        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        try
        {
            Span<T> sums = arena.Rent(rows * Subnodes).Span;
            Sums(rows, x, sums, executor);
            Nodes.Evaluate(rows, sums, y, executor);
        }
        finally
        {
            arena.Release(mark);
        }
    }

    private void Sums(int rows, ReadOnlySpan<T> x, Span<T> sums, Executor executor)
    {
        if (Numeric.IsOff)
            sums.Clear();
        else
            Numeric.Evaluate(rows, x, sums, executor);
        Symbolic?.Add(rows, x, sums, executor);
    }

    /// <summary>Tells an observer of the numeric layer that is not computed, so that it sees every layer of a network. Zeros, if there are no other edges; else null.</summary>
    private Var<T>? Skip(Var<T> x)
    {
        Tape<T> tape = x.Tape;
        if (tape.Observer is null && Symbolic is not null)
            return null;
        InputShape.Check("KanStage", x, Inputs);
        tape.Observer?.Enter(Numeric, x);
        var node = tape.Add<ConstantNode<T>>();
        node.Initialize(x.Shape.WithLast(Subnodes), requiresGradient: false);
        node.Value.Span.Clear();
        var zeros = new Var<T>(node);
        tape.Observer?.Leave(Numeric, x, zeros);
        return Symbolic is null ? zeros : null;
    }
}
