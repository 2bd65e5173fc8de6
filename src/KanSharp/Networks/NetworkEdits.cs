using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Networks;

/// <summary>Collects changes of edges and builds the changed network once.</summary>
internal sealed class NetworkEdits<T>(KanNetwork<T> network)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<int, Tensor<T>> _masks = [];
    private readonly Dictionary<int, SortedDictionary<(int, int), EdgeFormula>> _symbolic = [];

    /// <summary>Switches a numeric edge; one that is on keeps its factor.</summary>
    public void SwitchNumeric(int layer, int input, int output, bool on)
    {
        Tensor<T> mask = Mask(layer);
        if (on != (mask[input, output] != T.Zero))
            mask[input, output] = on ? T.One : T.Zero;
    }

    public void SetSymbolic(EdgeFormula edge)
    {
        ArgumentNullException.ThrowIfNull(edge.Function);
        foreach ((string name, double value) in new[] { ("a", edge.A), ("b", edge.B), ("c", edge.C), ("d", edge.D) })
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"Edge ({edge.Layer}, {edge.Input}, {edge.Output}): {name} is {value}; constants are finite.");
        }

        if (edge.Function.HasExponent && !double.IsFinite(edge.Exponent))
            throw new ArgumentException($"Edge ({edge.Layer}, {edge.Input}, {edge.Output}): '{edge.Function.Name}' needs an exponent that is finite, not {edge.Exponent}.");
        Symbolic(edge.Layer)[(edge.Input, edge.Output)] = edge;
    }

    public void RemoveSymbolic(int layer, int input, int output) => Symbolic(layer).Remove((input, output));

    public KanNetwork<T> Apply() => network.With([.. network.Stages.Select(Stage)]);

    private KanStage<T> Stage(KanStage<T> stage, int layer)
    {
        KanLinear<T> numeric = _masks.TryGetValue(layer, out Tensor<T>? mask) ? KanLinearEdits.WithMask(stage.Numeric, mask) : stage.Numeric.Clone();
        SymbolicEdges<T>? symbolic = _symbolic.TryGetValue(layer, out SortedDictionary<(int, int), EdgeFormula>? edges) ? Build(stage, edges.Values) : stage.Symbolic?.Clone();
        return new KanStage<T>(numeric, symbolic, stage.Nodes?.Clone());
    }

    private static SymbolicEdges<T>? Build(KanStage<T> stage, IReadOnlyCollection<EdgeFormula> edges)
    {
        if (edges.Count == 0)
            return null;
        var affine = new Tensor<T>(new Shape(edges.Count, 4));
        Tensor<T>? exponents = edges.Any(edge => edge.Function.HasExponent) ? new Tensor<T>(new Shape(edges.Count)) : null;
        int index = 0;
        foreach (EdgeFormula edge in edges)
        {
            (affine[index, 0], affine[index, 1]) = (T.CreateTruncating(edge.A), T.CreateTruncating(edge.B));
            (affine[index, 2], affine[index, 3]) = (T.CreateTruncating(edge.C), T.CreateTruncating(edge.D));
            if (exponents is not null)
                exponents[index] = T.CreateTruncating(edge.Function.HasExponent ? edge.Exponent : 1);
            index++;
        }

        var built = new SymbolicEdges<T>(stage.Inputs, stage.Subnodes, [.. edges.Select(edge => new SymbolicEdge(edge.Input, edge.Output, edge.Function))], affine, exponents);
        return stage.Symbolic?.Keep(built) ?? built;
    }

    private Tensor<T> Mask(int layer)
    {
        if (_masks.TryGetValue(layer, out Tensor<T>? mask))
            return mask;
        KanLinear<T> numeric = network.Layers[layer];
        mask = numeric.Mask?.Value.Clone() ?? new Tensor<T>(new Shape(numeric.Inputs, numeric.Outputs));
        if (numeric.Mask is null)
            mask.Span.Fill(T.One);
        return _masks[layer] = mask;
    }

    private SortedDictionary<(int, int), EdgeFormula> Symbolic(int layer)
    {
        if (_symbolic.TryGetValue(layer, out SortedDictionary<(int, int), EdgeFormula>? edges))
            return edges;
        edges = [];
        foreach (SymbolicEdge edge in network.Stages[layer].Symbolic?.Edges ?? [])
            edges[(edge.Input, edge.Output)] = network.Formula(layer, edge.Input, edge.Output)!;
        return _symbolic[layer] = edges;
    }
}
