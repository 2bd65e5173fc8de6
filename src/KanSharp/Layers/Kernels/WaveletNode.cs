using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>A layer of wavelets, without base branch, as one node: y = bias + Σ_i m_i·φ_io⁽ᵈ⁾(x_i).</summary>
internal sealed class WaveletNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private MotherWavelet<T> _wavelet = null!;
    private Node<T> _x = null!;
    private Node<T>? _multiplier;
    private LayerNodes<T> _parts;
    private Node<T> _scale = null!;
    private Node<T> _translation = null!;
    private Tensor<T>? _window;
    private Buffer<T> _weights;
    private Buffer<T> _inverse;
    private int _order;
    private WaveletRuns<T>? _runs;

    public bool IsLinear => false;

    /// <summary>Records and computes the node.</summary>
    /// <param name="wavelet">ψ.</param>
    /// <param name="x">Inputs [..., I].</param>
    /// <param name="parts">The layer's parameters; the base weights are not looked at.</param>
    /// <param name="scale">s, [I, O].</param>
    /// <param name="translation">τ, [I, O].</param>
    /// <param name="window">Weights of the inputs [I], or null.</param>
    /// <param name="order">Order d of the derivative, 0 to 4.</param>
    /// <param name="multiplier">m, shaped like x, or null for 1.</param>
    public static Var<T> Record(
        MotherWavelet<T> wavelet, Node<T> x, in LayerNodes<T> parts, Node<T> scale, Node<T> translation, Tensor<T>? window, int order, Node<T>? multiplier)
    {
        var node = x.Tape.Add<WaveletNode<T>>();
        (node._wavelet, node._x, node._parts, node._scale, node._translation, node._window) = (wavelet, x, parts, scale, translation, window);
        (node._order, node._multiplier) = (order, multiplier);
        bool requires = x.RequiresGradient || multiplier is { RequiresGradient: true } || parts.Coefficients.RequiresGradient
            || parts.Scale is { RequiresGradient: true } || parts.Bias is { RequiresGradient: true } || scale.RequiresGradient || translation.RequiresGradient;
        node.Initialize(x.Shape.WithLast(parts.Outputs), requires);
        node.Compute();
        return new Var<T>(node);
    }

    public override void Backward()
    {
        if (_x.Shape.Rows == 0)
            return;
        int edges = _inverse.Length;
        bool weights = _parts.Coefficients.RequiresGradient || _parts.Scale is { RequiresGradient: true };
        var targets = new WaveletGradients<T>(
            weights ? Tape.Rent(edges) : default, _translation.RequiresGradient ? Tape.Rent(edges) : default, _scale.RequiresGradient ? Tape.Rent(edges) : default,
            Sum(_x), Sum(_multiplier));
        WaveletContraction.Backward(Operands, Gradient.Span, targets, Tape.Executor);
        if (weights)
            AddWeights(targets.Weights.Span);
        if (_translation.RequiresGradient)
            VectorMath.Add(_translation.GradientSum(), targets.Translation.Span, _translation.GradientSum(), Width);
        if (_scale.RequiresGradient)
            AddScales(targets.Inverse.Span);
        if (_parts.Bias is not { RequiresGradient: true } bias)
            return;
        Span<T> sum = bias.GradientSum();
        for (int start = 0; start < Gradient.Length; start += _parts.Outputs)
            VectorMath.Add(sum, Gradient.Span.Slice(start, _parts.Outputs), sum, Width);
    }

    public void DeclareRuns(JacobianLayout<T> layout)
    {
        _runs ??= new WaveletRuns<T>();
        _runs.Declare(layout, _parts, _scale, _translation);
    }

    public void AddRuns(JacobianRows rows) => _runs!.Add(rows, Operands, _parts, _window, Gradient, Tape.Executor);

    private WaveletOperands<T> Operands => new(
        _wavelet, _x.Value, _multiplier is null ? default : _multiplier.Value, _order, _weights, _inverse, _translation.Value, _x.Shape.Rows, _x.Shape.Last, _parts.Outputs);

    private static Buffer<T> Sum(Node<T>? node)
    {
        if (node is not { RequiresGradient: true })
            return default;
        node.GradientSum();
        return node.Gradient;
    }

    private void Compute()
    {
        Span<T> y = Value.Span;
        if (_parts.Bias is null)
            y.Clear();
        for (int start = 0; start < y.Length && _parts.Bias is not null; start += _parts.Outputs)
            _parts.Bias.Value.Span.CopyTo(y[start..]);
        int edges = _scale.Shape.Count;
        (_weights, _inverse) = (Tape.Rent(edges), Tape.Rent(edges));
        WaveletEdges<T>.Prepare(_parts.Coefficients.Value.Span, _parts.Scale is null ? default : _parts.Scale.Value.Span, _parts.Mask.IsEmpty ? default : _parts.Mask.Span, _window, _scale.Value.Span, _weights.Span, _inverse.Span);
        if (y.Length > 0)
            WaveletContraction.Forward(Operands, y, Tape.Executor);
    }

    /// <summary>From W to coefficients and edge scales.</summary>
    private void AddWeights(ReadOnlySpan<T> gradient)
    {
        Span<T> coefficients = _parts.Coefficients.RequiresGradient ? _parts.Coefficients.GradientSum() : default;
        Span<T> scales = _parts.Scale is { RequiresGradient: true } ? _parts.Scale.GradientSum() : default;
        for (int edge = 0; edge < gradient.Length; edge++)
        {
            T factor = (_parts.Mask.IsEmpty ? T.One : _parts.Mask.Span[edge]) * (_window is null ? T.One : _window[edge / _parts.Outputs]);
            if (!coefficients.IsEmpty)
                coefficients[edge] += gradient[edge] * factor * (_parts.Scale is null ? T.One : _parts.Scale.Value.Span[edge]);
            if (!scales.IsEmpty)
                scales[edge] += gradient[edge] * factor * _parts.Coefficients.Value.Span[edge];
        }
    }

    /// <summary>∂v/∂s is −v².</summary>
    private void AddScales(ReadOnlySpan<T> gradient)
    {
        Span<T> target = _scale.GradientSum();
        ReadOnlySpan<T> inverse = _inverse.Span;
        for (int edge = 0; edge < gradient.Length; edge++)
            target[edge] -= gradient[edge] * inverse[edge] * inverse[edge];
    }
}
