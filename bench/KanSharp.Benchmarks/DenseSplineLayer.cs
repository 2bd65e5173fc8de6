using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks;

/// <summary>The functions and parameters of a B-spline layer on the path of global bases: its zeros are computed with.</summary>
internal sealed class DenseSplineLayer<T>(KanLinear<T> layer) : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ActivationBasis<T> _activation = new(Activation.SiLU);
    private readonly DenseSplineBasis<T> _basis = new(layer.Table);

    public override IReadOnlyList<Member<T>> Members { get; } = layer.Members;

    public override Var<T> Forward(Var<T> x)
    {
        Tape<T> tape = x.Tape;
        var term = new GlobalTerm<T>(_basis, x.Node, tape.Use(layer.Coefficients).Node, layer.EdgeScale is { } scale ? tape.Use(scale).Node : null);
        GlobalTerm<T>? baseTerm = layer.BaseWeight is { } weight ? new GlobalTerm<T>(_activation, x.Node, tape.Use(weight).Node) : null;
        return GlobalContractionNode<T>.Record(term, baseTerm);
    }
}
