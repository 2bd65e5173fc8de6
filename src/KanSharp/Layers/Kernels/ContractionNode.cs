using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A layer with a local basis as one node: y = bias + Σ_i m_i·φ_io^(d)(x_i) for packed weights. Order d = 0 without multiplier is the layer
/// itself; d = 1 with the input's derivative as multiplier m is its derivative along a direction. The gradients need orders d and d + 1 only.
/// </summary>
internal sealed class ContractionNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LocalContraction<T> _contraction = new();
    private LocalBasisTable<T> _table = null!;
    private Activation? _baseActivation;
    private Node<T> _x = null!;
    private Node<T>? _multiplier;
    private Node<T>? _bias;
    private PackWeightsNode<T> _weights = null!;
    private int _order;

    /// <summary>Records and computes the node.</summary>
    /// <param name="table">The basis.</param>
    /// <param name="baseActivation">Function of the base row, if the weights have one.</param>
    /// <param name="x">Inputs [..., I].</param>
    /// <param name="weights">Packed weights.</param>
    /// <param name="bias">[O] or null.</param>
    /// <param name="order">Derivative order d.</param>
    /// <param name="multiplier">m, shaped like x, or null for 1.</param>
    public void Set(
        LocalBasisTable<T> table, Activation? baseActivation, Node<T> x, PackWeightsNode<T> weights, Node<T>? bias, int order, Node<T>? multiplier)
    {
        _table = table;
        _baseActivation = baseActivation;
        _x = x;
        _weights = weights;
        _bias = bias;
        _order = order;
        _multiplier = multiplier;
        WeightLayout layout = weights.Layout;
        Initialize(
            x.Shape.WithLast(layout.Outputs),
            x.RequiresGradient || weights.RequiresGradient || bias is { RequiresGradient: true } || multiplier is { RequiresGradient: true });
        int rows = x.Shape.Rows;
        if (rows == 0)
            return;
        Buffer<T> tiles = Tape.Rent(rows * layout.PaddedOutputs);
        FillBias(tiles.Span, rows);
        _contraction.Configure(table, baseActivation, layout, x.Value, rows, Tape.Executor);
        _contraction.Forward(Tape.Executor, order, Factor, weights.Value, tiles);
        TileCopy.ToRows<T>(layout, rows, tiles.Span, Value.Span);
    }

    private Buffer<T> Factor => _multiplier is null ? default : _multiplier.Value;

    public override void Backward()
    {
        WeightLayout layout = _weights.Layout;
        int rows = _x.Shape.Rows;
        if (rows == 0)
            return;
        Executor executor = Tape.Executor;
        Buffer<T> tiles = Tape.Rent(rows * layout.PaddedOutputs);
        TileCopy.FromRows<T>(layout, rows, Gradient.Span, tiles.Span);
        _contraction.Configure(_table, _baseActivation, layout, _x.Value, rows, executor);
        if (_weights.RequiresGradient)
        {
            _ = _weights.GradientSum();
            _contraction.WeightGradient(executor, _order, Factor, _weights.Gradient, tiles);
        }

        if (_x.RequiresGradient)
        {
            _ = _x.GradientSum();
            _contraction.InputGradient(executor, _order + 1, Factor, _weights.Value, tiles, _x.Gradient);
        }

        if (_multiplier is { RequiresGradient: true })
        {
            _ = _multiplier.GradientSum();
            _contraction.InputGradient(executor, _order, default, _weights.Value, tiles, _multiplier.Gradient);
        }

        if (_bias is { RequiresGradient: true })
            AddRows(_bias.GradientSum(), Gradient.Span);
    }

    private static void AddRows(Span<T> sum, ReadOnlySpan<T> rows)
    {
        for (int start = 0; start < rows.Length; start += sum.Length)
        {
            for (int o = 0; o < sum.Length; o++)
                sum[o] += rows[start + o];
        }
    }

    private void FillBias(Span<T> tiles, int rows)
    {
        tiles.Clear();
        if (_bias is null)
            return;
        WeightLayout layout = _weights.Layout;
        for (int tile = 0; tile < layout.Tiles; tile++)
        {
            ReadOnlySpan<T> bias = _bias.Value.Span.Slice(layout.TileStart(tile), layout.TileOutputs(tile));
            for (int row = 0; row < rows; row++)
                bias.CopyTo(tiles[(layout.TileStart(tile) * rows + row * layout.TileWidth(tile))..]);
        }
    }
}
