using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>One layer of a network as interpretation sees it: edge functions, sub-nodes that add them up, nodes. Numbers are double.</summary>
internal sealed class StageView<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanStage<T> _stage;
    private readonly KanLinear<T> _numeric;
    private readonly (int Input, int Row)[][] _symbolic;

    private StageView(KanStage<T> stage)
    {
        _stage = stage;
        _numeric = stage.Numeric;
        if (_numeric.Mapping is { IsElementwise: false })
            throw new NotSupportedException("A layer normalises its rows (LayerNorm), so that an edge depends on all inputs; interpretation needs edges that are functions of one number. Train with another normalisation.");
        IEnumerable<(int Input, int Row)> rows = stage.Symbolic is null ? [] : stage.Symbolic.Edges.Select((edge, row) => (edge.Input, row));
        ILookup<int, (int, int)> byInput = rows.ToLookup(entry => entry.Input, entry => (entry.Input, entry.Row));
        _symbolic = [.. Enumerable.Range(0, stage.Inputs).Select(input => byInput[input].ToArray())];
    }

    public int Inputs => _stage.Inputs;

    public int SubNodes => _stage.Subnodes;

    public int Nodes => _stage.Outputs;

    public static StageView<T>[] Of(KanNetwork<T> network) => [.. network.Stages.Select(stage => new StageView<T>(stage))];

    /// <summary>Node of a sub-node.</summary>
    public int NodeOf(int subNode) => _stage.Nodes?.NodeOf(subNode) ?? subNode;

    /// <summary>First and number of the sub-nodes of a node.</summary>
    public (int Start, int Count) SubNodesOf(int node) => _stage.Nodes?.SubnodesOf(node) ?? (node, 1);

    /// <summary>Whether an edge has a numeric or a symbolic part that is on.</summary>
    public bool IsLive(int input, int subNode) => IsNumeric(input, subNode) || (_stage.Symbolic?.IndexOf(input, subNode) ?? -1) >= 0;

    /// <summary>Whether an edge has a numeric part that is on.</summary>
    public bool IsNumeric(int input, int subNode) => _numeric.Mask is null || _numeric.Mask.Value[input, subNode] != T.Zero;

    /// <summary>All functions of the edges that leave an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="x">Places.</param>
    /// <param name="values">Receives them, row-major [places × sub-nodes].</param>
    public void Edges(int input, ReadOnlySpan<T> x, Span<double> values)
    {
        values.Clear();
        if (!_numeric.IsOff)
        {
            var basePart = new double[values.Length];
            EdgeFunctions.Evaluate(_numeric, input, x, basePart, values);
            for (int index = 0; index < values.Length; index++)
                values[index] += basePart[index];
        }

        if (_symbolic[input].Length == 0)
            return;
        var column = new double[x.Length];
        foreach ((_, int row) in _symbolic[input])
        {
            Symbolic(row, x, column);
            int subNode = _stage.Symbolic!.Edges[row].Output;
            for (int place = 0; place < column.Length; place++)
                values[place * SubNodes + subNode] += column[place];
        }
    }

    /// <summary>The function of an edge at places, with its parts.</summary>
    public EdgeCurve Curve(EdgeAddress edge, ReadOnlySpan<double> x)
    {
        var places = new T[x.Length];
        for (int index = 0; index < places.Length; index++)
            places[index] = T.CreateTruncating(x[index]);
        var y = new double[x.Length];
        double[]? ownBase = null, ownSpline = null, ownSymbolic = null;
        if (IsNumeric(edge.Input, edge.Output))
        {
            double[] basePart = new double[x.Length * SubNodes], spline = new double[x.Length * SubNodes];
            EdgeFunctions.Evaluate(_numeric, edge.Input, places, basePart, spline);
            ownSpline = Column(spline, edge.Output);
            ownBase = _numeric.BaseWeight is null ? null : Column(basePart, edge.Output);
            for (int index = 0; index < y.Length; index++)
                y[index] = (ownBase?[index] ?? 0) + ownSpline[index];
        }

        int row = _stage.Symbolic?.IndexOf(edge.Input, edge.Output) ?? -1;
        if (row >= 0)
        {
            ownSymbolic = new double[x.Length];
            Symbolic(row, places, ownSymbolic);
            for (int index = 0; index < y.Length; index++)
                y[index] += ownSymbolic[index];
        }

        return new EdgeCurve { Edge = edge, X = x.ToArray(), Y = y, Base = ownBase, Spline = ownSpline, Symbolic = ownSymbolic };
    }

    /// <summary>Ends of the grid of an input.</summary>
    public (double Low, double High) Grid(int input) => EdgeFunctions.Range(_numeric, input);

    /// <summary>What a sub-node has before any edge.</summary>
    public double Bias(int subNode) => _numeric.Bias is null ? 0 : double.CreateTruncating(_numeric.Bias.Value[subNode]);

    /// <summary>From sums over edges, row-major [rows × sub-nodes], to nodes, row-major [rows × nodes].</summary>
    public void Combine(ReadOnlySpan<double> sums, Span<double> nodes)
    {
        if (_stage.Nodes is null)
        {
            sums.CopyTo(nodes);
            return;
        }

        int rows = sums.Length / SubNodes;
        for (int row = 0; row < rows; row++)
        {
            for (int node = 0; node < Nodes; node++)
                nodes[row * Nodes + node] = Node(node, sums.Slice(row * SubNodes, SubNodes));
        }
    }

    /// <summary>The value of a node from the sums of edges of all sub-nodes.</summary>
    public double Node(int node, ReadOnlySpan<double> sums)
    {
        if (_stage.Nodes is not { } nodes)
            return sums[node];
        (int start, int count) = nodes.SubnodesOf(node);
        double value = 1;
        for (int subNode = start; subNode < start + count; subNode++)
            value *= SubNode(subNode, sums[subNode]);
        return Of(nodes.NodeScale, node) * value + Of(nodes.NodeBias, node);
    }

    /// <summary>A sub-node with its scale and bias, from its sum of edges.</summary>
    public double SubNode(int subNode, double sum) =>
        _stage.Nodes is { } nodes ? Of(nodes.SubnodeScale, subNode) * sum + Of(nodes.SubnodeBias, subNode) : sum;

    /// <summary>Scale and bias of a node, applied to the product of its sub-nodes.</summary>
    public double NodeOfProduct(int node, double product) =>
        _stage.Nodes is { } nodes ? Of(nodes.NodeScale, node) * product + Of(nodes.NodeBias, node) : product;

    private static double Of(Autodiff.Parameter<T> parameter, int index) => double.CreateTruncating(parameter.Value[index]);

    private void Symbolic(int row, ReadOnlySpan<T> x, Span<double> values)
    {
        SymbolicEdges<T> edges = _stage.Symbolic!;
        Span<T> affine = edges.Affine.Value.Row(row);
        double a = double.CreateTruncating(affine[0]), b = double.CreateTruncating(affine[1]), c = double.CreateTruncating(affine[2]), d = double.CreateTruncating(affine[3]);
        double exponent = edges.Exponents is null ? 1 : double.CreateTruncating(edges.Exponents.Value[row]);
        var inner = new double[x.Length];
        for (int index = 0; index < inner.Length; index++)
            inner[index] = a * double.CreateTruncating(x[index]) + b;
        edges.Edges[row].Function.Evaluate<double>(inner, 0, values, exponent);
        for (int index = 0; index < values.Length; index++)
            values[index] = c * values[index] + d;
    }

    private double[] Column(double[] rows, int column)
    {
        var one = new double[rows.Length / SubNodes];
        for (int row = 0; row < one.Length; row++)
            one[row] = rows[row * SubNodes + column];
        return one;
    }
}
