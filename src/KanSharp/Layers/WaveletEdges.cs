using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Wavelets with a scale and a translation on every edge.</summary>
internal sealed class WaveletEdges<T> : EdgeBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WaveletOptions _options;
    private readonly MotherWavelet<T> _wavelet;
    private readonly Parameter<T> _scale;
    private readonly Parameter<T> _translation;
    private readonly StateTensor<T>? _window;

    /// <param name="options">The wavelet.</param>
    /// <param name="tensors">Scales and translations [I, O], and the window [I] where there is one.</param>
    public WaveletEdges(WaveletOptions options, IReadOnlyList<Tensor<T>> tensors)
    {
        (_options, _wavelet, Tensors) = (options, MotherWavelet<T>.Of(options), tensors);
        (_scale, _translation) = (new Parameter<T>(tensors[0]), new Parameter<T>(tensors[1]));
        _window = tensors.Count > 2 ? new StateTensor<T>(tensors[2]) : null;
        Members = _window is null ? [("scale", _scale), ("translation", _translation)] : [("scale", _scale), ("translation", _translation), ("window", _window)];
    }

    protected override string Family => _options.Family;

    public override IReadOnlyList<Member<T>> Members { get; }

    public override IReadOnlyList<Tensor<T>> Tensors { get; }

    public override long Cost => 20;

    protected override Var<T> Record(in EdgeInputs<T> x, in LayerNodes<T> parts, Activation? activation)
    {
        Tape<T> tape = x.Functions.Tape;
        Var<T> y = WaveletNode<T>.Record(
            _wavelet, x.Functions, parts, tape.Use(_scale).Node, tape.Use(_translation).Node, _window?.Value, x.Order, x.FunctionsAlong);
        return activation is null ? y : AddBase(y, x, parts, activation);
    }

    /// <summary>Sizes from the values of one input after the other; unlike those of other families they store them, N·I·O numbers.</summary>
    public override Var<T> Sizes(Var<T> x, in LayerNodes<T> parts, Activation? activation, EdgeSize size)
    {
        Tape<T> tape = x.Tape;
        int inputs = x.Shape.Last, outputs = parts.Outputs;
        Var<T> rows = x.Reshape(new Shape(x.Shape.Rows, inputs)), scale = tape.Use(_scale), translation = tape.Use(_translation);
        var sizes = new Var<T>[inputs];
        for (int input = 0; input < inputs; input++)
        {
            int start = input;
            Var<T> Of(Node<T> node) => new Var<T>(node).Slice(0, start, 1);
            Var<T> column = rows.Slice(1, input, 1);
            var own = new LayerNodes<T>(
                Of(parts.Coefficients).Node, parts.Scale is null ? null : Of(parts.Scale).Node, parts.Base is null ? null : Of(parts.Base).Node,
                parts.Mask.IsEmpty ? default : new Buffer<T>(parts.Mask.Array, parts.Mask.Offset + input * outputs, outputs), null, outputs);
            Tensor<T>? window = _window is null ? null : new Tensor<T>(new Shape(1), [_window.Value[input]]);
            Var<T> edges = WaveletNode<T>.Record(_wavelet, column.Node, own, Of(scale.Node).Node, Of(translation.Node).Node, window, 0, null);
            if (activation is not null)
                edges = AddBase(edges, new EdgeInputs<T>(column.Node, null, column.Node, null, 0), own, activation);
            sizes[input] = Size(edges, column, size).Reshape(new Shape(1, outputs));
        }

        return Var<T>.Concat(0, sizes);
    }

    public override void Predict(KanLinear<T> layer, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> baseX, Span<T> y, Executor executor)
    {
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        try
        {
            GlobalPrediction<T>.Fill(layer.Bias?.Value, y);
            GlobalPrediction<T>.AddBase(layer, arena, rows, baseX, y, executor);
            int edges = layer.Inputs * layer.Outputs;
            Buffer<T> weights = arena.Rent(edges), inverse = arena.Rent(edges), source = arena.Rent(x.Length);
            x.CopyTo(source.Span);
            Prepare(
                layer.Coefficients.Value.Span, layer.EdgeScale is null ? default : layer.EdgeScale.Value.Span, layer.Mask is null ? default : layer.Mask.Value.Span, _window?.Value,
                _scale.Value.Span, weights.Span, inverse.Span);
            if (rows > 0)
            {
                WaveletContraction.Forward(
                    new WaveletOperands<T>(_wavelet, source, default, 0, weights, inverse, GlobalPrediction<T>.Storage(_translation.Value), rows, layer.Inputs, layer.Outputs), y, executor);
            }
        }
        finally
        {
            arena.Release(mark);
        }
    }

    public override void Edges(ReadOnlySpan<T> coefficients, int input, ReadOnlySpan<T> x, Span<double> values)
    {
        int outputs = coefficients.Length;
        T[] weights = new T[outputs], inverse = new T[outputs], u = new T[x.Length], y = new T[x.Length];
        Tensor<T>? window = _window is null ? null : new Tensor<T>(new Shape(1), [_window.Value[input]]);
        Prepare(coefficients, default, default, window, _scale.Value.Row(input), weights, inverse);
        for (int output = 0; output < outputs; output++)
        {
            for (int place = 0; place < x.Length; place++)
                u[place] = (x[place] - _translation.Value[input, output]) * inverse[output];
            _wavelet.Evaluate<SimdScalar<T>>(ref MemoryMarshal.GetArrayDataReference(u), ref MemoryMarshal.GetArrayDataReference(y), x.Length);
            for (int place = 0; place < x.Length; place++)
                values[place * outputs + output] = double.CreateTruncating(weights[output] * y[place]);
        }
    }

    public override (double Low, double High) Range(int input) => _options.Domain;

    /// <summary>Weights with edge scale, mask and window multiplied in, and inverse scales of at most 1 over <see cref="WaveletOptions.LeastScale"/>.</summary>
    internal static void Prepare(
        ReadOnlySpan<T> coefficients, ReadOnlySpan<T> edgeScale, ReadOnlySpan<T> mask, Tensor<T>? window, ReadOnlySpan<T> scale, Span<T> weights, Span<T> inverse)
    {
        T least = T.CreateTruncating(WaveletOptions.LeastScale);
        int outputs = window is null ? 1 : coefficients.Length / window.Shape.Count;
        for (int edge = 0; edge < coefficients.Length; edge++)
        {
            T weight = coefficients[edge];
            if (!edgeScale.IsEmpty)
                weight *= edgeScale[edge];
            if (!mask.IsEmpty)
                weight *= mask[edge];
            if (window is not null)
                weight *= window[edge / outputs];
            weights[edge] = weight;
            T s = scale[edge];
            inverse[edge] = T.One / (T.Abs(s) < least ? T.CopySign(least, s) : s);
        }
    }

    private static Var<T> Size(Var<T> edges, Var<T> column, EdgeSize size)
    {
        if (size == EdgeSize.MeanMagnitude)
            return edges.Abs().Mean(0);
        int correction = edges.Shape[0] > 1 ? 1 : 0;
        // so small that no deviation is changed, and the slope of the root of 0 is a number
        Var<T> deviation = (edges.Variance(0, correction) + T.CreateTruncating(1e-30)).Sqrt();
        return size == EdgeSize.Deviation ? deviation : deviation / (column.Variance(0, correction).Sqrt() + T.CreateTruncating(0.1));
    }
}
