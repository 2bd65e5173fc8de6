using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks;

/// <summary>A layer on the global-basis path with the branches that the family usually has.</summary>
internal sealed class GlobalBasisLayer<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ActivationBasis<T> _activation = new(Activation.SiLU);
    private readonly GlobalBasis<T> _basis;
    private readonly Parameter<T> _coefficients;
    private readonly Parameter<T>? _scale;
    private readonly Parameter<T>? _base;
    private readonly bool _tanh;

    private GlobalBasisLayer(GlobalBasis<T> basis, Parameter<T> coefficients, Parameter<T>? scale, Parameter<T>? baseWeight, bool tanh)
    {
        (_basis, _coefficients, _scale, _base, _tanh) = (basis, coefficients, scale, baseWeight, tanh);
        var members = new List<Member<T>> { ("coefficients", coefficients) };
        if (scale is not null)
            members.Add(("edge_scale", scale));
        if (baseWeight is not null)
            members.Add(("base_weight", baseWeight));
        Members = members;
    }

    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>The same functions and parameters as a B-spline layer, its zeros computed with.</summary>
    public static GlobalBasisLayer<T> DenseSplines(KanLinear<T> layer) =>
        new(new DenseSplineBasis<T>(layer.Table), layer.Coefficients, layer.EdgeScale, layer.BaseWeight, tanh: false);

    /// <summary>FastKAN without its normalisation: Gaussians on [−2, 2] and a base branch.</summary>
    public static GlobalBasisLayer<T> Gaussians(int inputs, int outputs, int count) => new(
        new GaussianBasis<T>(-2, 2, count),
        new Parameter<T>(Samples.Uniform<T>(new Shape(inputs, count, outputs), 3)),
        null,
        new Parameter<T>(Samples.Uniform<T>(new Shape(inputs, outputs), 4)),
        tanh: false);

    /// <summary>ChebyKAN: polynomials of tanh x, nothing else.</summary>
    public static GlobalBasisLayer<T> Chebyshev(int inputs, int outputs, int count) => new(
        ThreeTermBasis<T>.Chebyshev(count - 1),
        new Parameter<T>(Samples.Uniform<T>(new Shape(inputs, count, outputs), 3)),
        null,
        null,
        tanh: true);

    public override Var<T> Forward(Var<T> x)
    {
        Tape<T> tape = x.Tape;
        Var<T> mapped = _tanh ? x.Tanh() : x;
        var term = new GlobalTerm<T>(_basis, mapped.Node, tape.Use(_coefficients).Node, _scale is null ? null : tape.Use(_scale).Node);
        GlobalTerm<T>? baseTerm = _base is null ? null : new GlobalTerm<T>(_activation, x.Node, tape.Use(_base).Node);
        return GlobalContractionNode<T>.Record(term, baseTerm);
    }
}
