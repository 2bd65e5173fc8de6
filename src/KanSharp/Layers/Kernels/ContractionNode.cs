using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A layer with a local basis as one node: y = bias + Σ_i m_i·φ_io^(d)(x_i). Order d = 0 without multiplier is the layer itself; d up
/// to 4 with factors m from the input's derivatives make its derivatives along a direction. The gradients need orders d and d + 1 only.
/// </summary>
internal sealed class ContractionNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private LocalContraction<T>? _sweeps;
    private LaneContraction<T>? _lanes;
    private bool _isNarrow;
    private LocalBasisTable<T> _table = null!;
    private Activation? _baseActivation;
    private Node<T> _x = null!;
    private Node<T>? _multiplier;
    private LayerNodes<T> _parts;
    private LayerWeights<T> _weights;
    private int _order;
    private ContractionRuns<T>? _runs;

    /// <summary>Records and computes the node.</summary>
    /// <param name="table">The basis.</param>
    /// <param name="baseActivation">Function of the base row; null without base weights.</param>
    /// <param name="x">Inputs [..., I].</param>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="order">Derivative order d.</param>
    /// <param name="multiplier">m, shaped like x, or null for 1.</param>
    public void Set(LocalBasisTable<T> table, Activation? baseActivation, Node<T> x, in LayerNodes<T> parts, int order, Node<T>? multiplier)
    {
        _table = table;
        _baseActivation = baseActivation;
        _x = x;
        _parts = parts;
        _order = order;
        _multiplier = multiplier;
        Initialize(x.Shape.WithLast(parts.Outputs), x.RequiresGradient || multiplier is { RequiresGradient: true } || parts.RequiresGradient);
        if (x.Shape.Rows == 0)
            return;
        _weights = parts.Prepare(Tape);
        Configure();
        Buffer<T> bias = parts.Bias is null ? default : parts.Bias.Value;
        if (_isNarrow)
            _lanes!.Forward(Tape.Executor, bias, Value, Tape.Rent(_lanes.EdgeTablesLength));
        else
            _sweeps!.Forward(Tape.Executor, bias, Value);
    }

    public void DeclareRuns(JacobianLayout<T> layout)
    {
        _runs ??= new ContractionRuns<T>();
        _runs.Declare(layout, _table, _parts, _x);
    }

    public void AddRuns(JacobianRows rows) =>
        _runs!.Add(rows, _table, _parts, _x, _x, _baseActivation, _order, Multiplier, Multiplier, Gradient, Tape.Executor);

    private Buffer<T> Multiplier => _multiplier is null ? default : _multiplier.Value;

    public override void Backward()
    {
        if (_x.Shape.Rows == 0)
            return;
        if (!_x.RequiresGradient && _multiplier is not { RequiresGradient: true } && !_parts.RequiresGradient)
            return;
        Configure();
        var gradients = new LayerGradients<T>
        {
            Coefficients = GradientTarget<T>.Of(_parts.Coefficients),
            Scale = GradientTarget<T>.Of(_parts.Scale),
            Base = GradientTarget<T>.Of(_parts.Base),
            Mask = _parts.Mask,
            Input = GradientTarget<T>.Of(_x),
            Multiplier = GradientTarget<T>.Of(_multiplier),
        };
        if (_isNarrow)
            _lanes!.Backward(Tape.Executor, gradients, Gradient, gradients.HasWeights ? Tape.Rent(_lanes.PartialSumsLength) : default);
        else
            _sweeps!.Backward(Tape.Executor, gradients, Gradient, _sweeps.NeedsTiling ? Tape.Rent(_sweeps.TiledLength) : default);
        if (_parts.Bias is { RequiresGradient: true } bias)
            AddRows(bias.GradientSum(), Gradient.Span);
    }

    private void Configure()
    {
        Buffer<T> multiplier = Multiplier;
        int rows = _x.Shape.Rows;
        _isNarrow = LayerCost.PrefersLanes<T>(LayerShape.Of(_table, rows, _parts.Outputs, _baseActivation is not null), Width);
        if (_isNarrow)
        {
            _lanes ??= new LaneContraction<T>();
            _lanes.Configure(_table, _baseActivation, _parts.Outputs, _weights, _x.Value, multiplier, rows, _order, Width);
        }
        else
        {
            _sweeps ??= new LocalContraction<T>();
            _sweeps.Configure(_table, _baseActivation, _parts.Outputs, _weights, _x.Value, multiplier, rows, _order, Tape.Executor);
        }
    }

    private void AddRows(Span<T> sum, ReadOnlySpan<T> rows)
    {
        for (int start = 0; start < rows.Length; start += sum.Length)
            VectorMath.Add(sum, rows.Slice(start, sum.Length), sum, Width);
    }
}
