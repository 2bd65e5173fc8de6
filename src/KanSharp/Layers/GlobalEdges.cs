using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Functions that are non-zero everywhere: blocks of them are evaluated into a matrix product.</summary>
internal sealed class GlobalEdges<T> : EdgeBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BasisOptions _options;
    private readonly Parameter<T>? _first;
    private readonly Parameter<T>? _second;

    /// <param name="options">The family.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="parts">Tensors of the family; at most two are trained.</param>
    /// <param name="tensors">Their values; they become the functions' own.</param>
    public GlobalEdges(BasisOptions options, int inputs, BasisPart[] parts, IReadOnlyList<Tensor<T>> tensors)
    {
        _options = options;
        Tensors = tensors;
        Functions = GlobalFamily.Create(options, tensors);
        Points = new GlobalPoints<T>(Functions, inputs);
        var members = new List<Member<T>>();
        for (int index = 0; index < parts.Length; index++)
        {
            if (!parts[index].IsTrained)
            {
                members.Add((parts[index].Name, new StateTensor<T>(tensors[index])));
                continue;
            }

            var parameter = new Parameter<T>(tensors[index]);
            members.Add((parts[index].Name, parameter));
            if (_first is null)
                _first = parameter;
            else
                _second = parameter;
        }

        Members = members;
    }

    /// <summary>The functions. They read the tensors of the layer where these are, so that they follow training.</summary>
    public GlobalBasis<T> Functions { get; }

    /// <summary>The functions point by point.</summary>
    public GlobalPoints<T> Points { get; }

    protected override string Family => _options.Family;

    public override IReadOnlyList<Member<T>> Members { get; }

    public override IReadOnlyList<Tensor<T>> Tensors { get; }

    public override long Cost => 8L * _options.Count;

    public override GlobalBasis<T> Dense => Functions;

    public override (Node<T>? First, Node<T>? Second) Trained(Tape<T> tape) => (OnTape(tape, _first), OnTape(tape, _second));

    protected override Var<T> Record(in EdgeInputs<T> x, in LayerNodes<T> parts, Activation? activation)
    {
        Tape<T> tape = x.Functions.Tape;
        var term = new GlobalTerm<T>(
            Functions, x.Functions, parts.Coefficients, parts.Scale, parts.Mask, x.FunctionsAlong,
            OnTape(tape, _first), OnTape(tape, _second));
        GlobalTerm<T>? baseTerm = activation is null ? null
            : new GlobalTerm<T>(ActivationBasis<T>.Of(activation), x.Base, parts.Base!, null, parts.Mask, x.BaseAlong);
        return GlobalContractionNode<T>.Record(term, baseTerm, parts.Bias is null ? null : new Var<T>(parts.Bias), x.Order);
    }

    public override Var<T> Sizes(Var<T> x, in LayerNodes<T> parts, Activation? activation, EdgeSize size)
    {
        var node = x.Tape.Add<EdgeSizeNode<T>>();
        node.Set(Points, activation, x.Node, parts, size, OnTape(x.Tape, _first), OnTape(x.Tape, _second));
        return new Var<T>(node);
    }

    public override Var<T> Drop(Var<T> x, in LayerNodes<T> parts, Activation? activation, double rate, MaskKey key) =>
        EdgeDropoutNode<T>.Record(Points, activation, x.Node, parts, rate, key, OnTape(x.Tape, _first), OnTape(x.Tape, _second));

    private static Node<T>? OnTape(Tape<T> tape, Parameter<T>? parameter) => parameter is null ? null : tape.Use(parameter).Node;

    public override void Predict(KanLinear<T> layer, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> baseX, Span<T> y, Executor executor) =>
        GlobalPrediction<T>.Run(layer, Functions, rows, x, baseX, y, executor);

    public override void Edges(ReadOnlySpan<T> coefficients, int input, ReadOnlySpan<T> x, Span<double> values) =>
        PointSums.Edges(Points, coefficients, input, x, values);

    public override (double Low, double High) Range(int input) => _options.Domain;
}
