using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A layer with a global basis as one node: y = bias + the sum of its terms, usually the basis and a base branch. Order d = 0 without
/// multiplier is the layer itself; d up to 4 with factors from the input's derivatives make its derivatives along a direction.
/// </summary>
internal sealed class GlobalContractionNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private GlobalTerm<T> _term;
    private GlobalTerm<T>? _base;
    private Node<T>? _bias;
    private int _order;
    private int _outputs;
    private ContractionRuns<T>? _runs;
    private GlobalPoints<T>? _points;

    /// <summary>Records and computes the node.</summary>
    /// <param name="term">The sum over the basis.</param>
    /// <param name="baseTerm">The sum over the base branch, or null.</param>
    /// <param name="bias">[O] or null.</param>
    /// <param name="order">Order d of the derivative, at most 4.</param>
    public static Var<T> Record(in GlobalTerm<T> term, in GlobalTerm<T>? baseTerm = null, Var<T>? bias = null, int order = 0)
    {
        var node = term.X.Tape.Add<GlobalContractionNode<T>>();
        node._term = term;
        node._base = baseTerm;
        node._bias = bias?.Node;
        node._order = order;
        node._outputs = term.Coefficients.Shape.Last;
        node.Initialize(
            term.X.Shape.WithLast(node._outputs),
            term.RequiresGradient || baseTerm is { RequiresGradient: true } || node._bias is { RequiresGradient: true });
        node.Compute();
        return new Var<T>(node);
    }

    /// <summary>The family's own parameters are no unknowns: their derivatives are not linear, so they keep their values.</summary>
    public void DeclareRuns(JacobianLayout<T> layout)
    {
        _runs ??= new ContractionRuns<T>();
        _runs.Declare(layout, Points, Parts, _term.X);
        foreach (Node<T>? parameter in (ReadOnlySpan<Node<T>?>)[_term.First, _term.Second])
        {
            if (ParameterRuns.Trainable(parameter) is { } held)
                layout.Hold(held);
        }
    }

    public void AddRuns(JacobianRows rows) => _runs!.Add(
        rows, Points, Parts, _term.X, _base?.X ?? _term.X, (_base?.Basis as ActivationBasis<T>)?.Activation, _order,
        _term.Multiplier is null ? default : _term.Multiplier.Value, _base?.Multiplier is null ? default : _base.Value.Multiplier!.Value, Gradient, Tape.Executor);

    /// <summary>The functions point by point; nodes are recorded again and again with the same ones.</summary>
    private GlobalPoints<T> Points =>
        _points is { } known && known.Basis == _term.Basis && known.Features == _term.X.Shape.Last ? known : _points = new GlobalPoints<T>(_term.Basis, _term.X.Shape.Last);

    private LayerNodes<T> Parts => new(_term.Coefficients, _term.Scale, _base?.Coefficients, _term.Mask, _bias, _outputs);

    public override void Backward()
    {
        Span<T> gradient = Gradient.Span;
        _term.Backward(_order, gradient, _outputs);
        _base?.Backward(_order, gradient, _outputs);
        if (_bias is { RequiresGradient: true })
        {
            Span<T> sum = _bias.GradientSum();
            for (int block = 0; block < ColumnBlocks.Count(_outputs); block++)
                ColumnBlocks.AddRows<T>(gradient, _outputs, block, sum, Width);
        }
    }

    private void Compute()
    {
        Span<T> y = Value.Span;
        if (_bias is null)
            y.Clear();
        for (int start = 0; start < y.Length && _bias is not null; start += _outputs)
            _bias.Value.Span.CopyTo(y[start..]);
        _term.Forward(_order, y, _outputs);
        _base?.Forward(_order, y, _outputs);
    }
}
