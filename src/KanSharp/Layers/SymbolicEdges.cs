using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// The symbolic edges of one layer: y_o = Σ over edges (i, o) of c·f(a·x_i + b) + d (Liu et al., KAN, arXiv 2404.19756, section 2.5). Edges with the same
/// function are evaluated together on contiguous columns. Where there is no edge, nothing is added.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SymbolicEdges<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SymbolicEdge[] _edges;
    private readonly SymbolicPlan _plan;

    /// <summary>Creates the edges from their parts; the tensors become their own.</summary>
    /// <param name="inputs">Inputs I of the layer.</param>
    /// <param name="outputs">Outputs O of the layer.</param>
    /// <param name="edges">At least one edge; no two between the same nodes.</param>
    /// <param name="affine">a, b, c and d of every edge, [E, 4].</param>
    /// <param name="exponents">
    /// The shape parameter p of every edge, [E], where a function has one (<see cref="Symbolics.CatalogFunction.HasExponent"/>); 1 for the others. Needed if there
    /// is such a function, else null.
    /// </param>
    /// <exception cref="ArgumentException">An edge leads nowhere or is there twice, or a shape does not fit.</exception>
    public SymbolicEdges(int inputs, int outputs, IReadOnlyList<SymbolicEdge> edges, Tensor<T> affine, Tensor<T>? exponents = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(affine);
        (Inputs, Outputs, _edges) = (inputs, outputs, [.. edges]);
        Check();
        if (affine.Shape != new Shape(_edges.Length, 4))
            throw new ArgumentException($"The constants have shape {affine.Shape}; {_edges.Length} edges have [{_edges.Length}, 4]: a, b, c and d of each.", nameof(affine));
        bool shaped = _edges.Any(edge => edge.Function.HasExponent);
        if (shaped != exponents is not null || (exponents is not null && exponents.Shape != new Shape(_edges.Length)))
        {
            throw new ArgumentException(
                $"Exponents are {(exponents is null ? "missing" : $"given with shape {exponents.Shape}")}; {(shaped ? $"they must have shape [{_edges.Length}]" : "no function of these edges has one")}.",
                nameof(exponents));
        }

        Affine = new Parameter<T>(affine);
        Exponents = exponents is null ? null : new Parameter<T>(exponents);
        Members = Exponents is null ? [("affine", Affine)] : [("affine", Affine), ("exponents", Exponents)];
        _plan = new SymbolicPlan(inputs, outputs, _edges);
    }

    /// <summary>Number of inputs I of the layer.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs O of the layer (sub-nodes, where nodes are products).</summary>
    public int Outputs { get; }

    /// <summary>The edges, in the order of the rows of <see cref="Affine"/>.</summary>
    public IReadOnlyList<SymbolicEdge> Edges => _edges;

    /// <summary>a, b, c and d of every edge, [E, 4].</summary>
    public Parameter<T> Affine { get; }

    /// <summary>The shape parameter p of every edge, [E]; null if no function has one. It does nothing for the other functions.</summary>
    public Parameter<T>? Exponents { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Number of the edge between two nodes, its row in <see cref="Affine"/>; −1 if there is none.</summary>
    /// <param name="input">Input of the layer.</param>
    /// <param name="output">Output of the layer.</param>
    public int IndexOf(int input, int output) => Array.FindIndex(_edges, edge => edge.Input == input && edge.Output == output);

    /// <summary>Computes the sums over edges.</summary>
    /// <param name="x">Inputs [..., I].</param>
    /// <returns>Outputs [..., O]; 0 where no edge leads.</returns>
    /// <exception cref="ArgumentException">The last axis is not I.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("SymbolicEdges", x, Inputs);
        x.Tape.Observer?.Enter(this, x);
        Var<T> y = Record(x, 0, null);
        x.Tape.Observer?.Leave(this, x, y);
        return y;
    }

    /// <summary>Computes the sums and their derivatives: along one direction y' = Σ a·c·f'(a·x + b)·x'.</summary>
    public override Jet<T> Forward(Jet<T> x) => x.Compose(
        (Layer: this, X: x.Value), static (s, order, multiplier) => order == 0 ? s.Layer.Forward(s.X) : s.Layer.Record(s.X, order, multiplier!.Value.Node));

    /// <summary>Copies the edges with their parameters.</summary>
    public SymbolicEdges<T> Clone() => Keep(
        new SymbolicEdges<T>(Inputs, Outputs, _edges, Affine.Value.Clone(), Exponents?.Value.Clone()));

    /// <summary>Gives new edges the trainability of these.</summary>
    internal SymbolicEdges<T> Keep(SymbolicEdges<T> edges)
    {
        edges.Affine.Trainable = Affine.Trainable;
        if (edges.Exponents is not null)
            edges.Exponents.Trainable = Exponents?.Trainable ?? Affine.Trainable;
        return edges;
    }

    /// <summary>The edges between chosen inputs and outputs, which are renumbered in the order given; null if no edge is left.</summary>
    internal SymbolicEdges<T>? Subset(ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs)
    {
        var edges = new List<(SymbolicEdge Edge, int From)>();
        for (int input = 0; input < inputs.Length; input++)
        {
            for (int output = 0; output < outputs.Length; output++)
            {
                if (IndexOf(inputs[input], outputs[output]) is >= 0 and var from)
                    edges.Add((new SymbolicEdge(input, output, _edges[from].Function), from));
            }
        }

        if (edges.Count == 0)
            return null;
        var affine = new Tensor<T>(new Shape(edges.Count, 4));
        Tensor<T>? exponents = edges.Any(entry => entry.Edge.Function.HasExponent) ? new Tensor<T>(new Shape(edges.Count)) : null;
        for (int index = 0; index < edges.Count; index++)
        {
            Affine.Value.Row(edges[index].From).CopyTo(affine.Row(index));
            if (exponents is not null)
                exponents[index] = Exponents!.Value[edges[index].From];
        }

        return Keep(new SymbolicEdges<T>(inputs.Length, outputs.Length, [.. edges.Select(entry => entry.Edge)], affine, exponents));
    }

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("SymbolicEdges", features, Inputs);
        return new RowPlan(Outputs, Cost);
    }

    /// <summary>Multiply-adds per row, an estimate.</summary>
    internal long Cost => Outputs + (long)_edges.Length * (4 + Activation.Cost);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        y.Clear();
        Add(rows, x, y, executor);
    }

    /// <summary>Adds the sums over edges to what stands in y.</summary>
    internal void Add(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        SymbolicKernel<T>.AddValues(_plan, Constants, x, default, 0, rows, y, executor.Width);

    private SymbolicConstants<T> Constants => new(Affine.Value.Span, Exponents is null ? default : Exponents.Value.Span);

    /// <summary>Records y = Σ m_i·(c·f(a·x_i + b) + d)⁽ⁿ⁾, with the derivative in x_i.</summary>
    /// <param name="x">Inputs [..., I].</param>
    /// <param name="order">Order n of the derivative, 0 to 4.</param>
    /// <param name="multiplier">m, shaped like x, or null for 1.</param>
    internal Var<T> Record(Var<T> x, int order, Node<T>? multiplier)
    {
        if (!DerivativeOrder.IsOfNode(order))
            throw DerivativeOrder.Refused("SymbolicEdges", order);
        var node = x.Tape.Add<SymbolicNode<T>>();
        node.Set(_plan, x.Node, x.Tape.Use(Affine).Node, Exponents is null ? null : x.Tape.Use(Exponents).Node, order, multiplier);
        return new Var<T>(node);
    }

    private void Check()
    {
        if (_edges.Length == 0)
            throw new ArgumentException("There are no edges; a layer without symbolic edges has none of these.");
        var seen = new HashSet<(int, int)>();
        foreach (SymbolicEdge edge in _edges)
        {
            if ((uint)edge.Input >= (uint)Inputs || (uint)edge.Output >= (uint)Outputs)
                throw new ArgumentException($"Edge ({edge.Input}, {edge.Output}) leads nowhere: inputs are 0 to {Inputs - 1}, outputs 0 to {Outputs - 1}.");
            if (!seen.Add((edge.Input, edge.Output)))
                throw new ArgumentException($"Edge ({edge.Input}, {edge.Output}) is given twice; an edge has one function.");
        }
    }
}
