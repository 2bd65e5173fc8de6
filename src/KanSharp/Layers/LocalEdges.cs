using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Functions with local support, piecewise polynomials: the sums touch the few that are non-zero at a point.</summary>
internal abstract class LocalEdges<T> : EdgeBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private DenseSplineBasis<T>? _dense;

    /// <summary>The functions compiled.</summary>
    public abstract LocalBasisTable<T> Table { get; }

    public override GlobalBasis<T> Dense
    {
        get
        {
            LocalBasisTable<T> table = Table;
            DenseSplineBasis<T>? known = _dense;
            return known is not null && known.Table == table ? known : _dense = new DenseSplineBasis<T>(table);
        }
    }

    protected override Var<T> Record(in EdgeInputs<T> x, in LayerNodes<T> parts, Activation? activation)
    {
        bool fused = x.AreOne || activation is null;
        var node = x.Functions.Tape.Add<ContractionNode<T>>();
        node.Set(Table, fused ? activation : null, x.Functions, fused ? parts : parts with { Base = null }, x.Order, x.FunctionsAlong);
        var y = new Var<T>(node);
        return fused ? y : AddBase(y, x, parts, activation!);
    }

    public override Var<T> Sizes(Var<T> x, in LayerNodes<T> parts, Activation? activation, EdgeSize size)
    {
        var node = x.Tape.Add<EdgeSizeNode<T>>();
        node.Set(Table, activation, x.Node, parts, size);
        return new Var<T>(node);
    }

    public override Var<T> Drop(Var<T> x, in LayerNodes<T> parts, Activation? activation, double rate, MaskKey key) =>
        EdgeDropoutNode<T>.Record(Table, activation, x.Node, parts, rate, key, null, null);

    public override void Predict(KanLinear<T> layer, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> baseX, Span<T> y, Executor executor)
    {
        if (rows < BatchPrediction<T>.FewestRows)
            EdgeSums<T>.Run(layer, Table, rows, x, y, executor);
        else
            BatchPrediction<T>.Run(layer, Table, rows, x, y, executor);
    }

    public override void Edges(ReadOnlySpan<T> coefficients, int input, ReadOnlySpan<T> x, Span<double> values) =>
        PointSums.Edges(Table, coefficients, input, x, values);
}
