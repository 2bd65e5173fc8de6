using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The sums of a layer with a local basis over a whole batch: y[n, o] = bias_o + Σ_i m[n, i]·φ_io^(d)(x[n, i]), and its gradients with respect to the
/// weights, x and m. For a block of rows and features the points are sorted by cell, then each feature sweeps over each tile of outputs.
/// </summary>
/// <remarks>
/// Every number is summed by one piece of work in an order that does not depend on how many threads there are. The object is kept and
/// reused; one call at a time.
/// </remarks>
internal sealed partial class LocalContraction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ForwardWork _forward;
    private readonly BackwardWork _backward;
    private readonly TilingWork _tiling;
    private readonly Sweeps<T>[] _fullTile = new Sweeps<T>[RowWindows.MostWindows];
    private readonly Sweeps<T>[] _lastTile = new Sweeps<T>[RowWindows.MostWindows];
    private RowWindows _windows;
    private T[] _masks = [];
    private LocalBasisTable<T> _table = null!;
    private Activation? _base;
    private OutputTiles _tiles;
    private ContractionPlan _plan;
    private SimdWidth _width;
    private LayerWeights<T> _weights;
    private Buffer<T> _x;
    private Buffer<T> _multiplier;
    private int _rows;
    private int _order;

    public LocalContraction()
    {
        _forward = new ForwardWork(this);
        _backward = new BackwardWork(this);
        _tiling = new TilingWork(this);
    }

    private int Inputs => _table.Features;

    private int BasisCount => _table.Count;

    private bool HasBase => _base is not null;

    /// <summary>Sets what forward and backward pass share.</summary>
    /// <param name="table">The basis.</param>
    /// <param name="baseActivation">Function of the base row, or null.</param>
    /// <param name="outputs">Number of outputs O.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="x">Inputs [rows, I].</param>
    /// <param name="multiplier">m, shaped like x; empty for 1.</param>
    /// <param name="rows">Batch size N, at least 1.</param>
    /// <param name="order">Order d of the derivative.</param>
    /// <param name="executor">Where it will run.</param>
    public void Configure(
        LocalBasisTable<T> table,
        Activation? baseActivation,
        int outputs,
        in LayerWeights<T> weights,
        Buffer<T> x,
        Buffer<T> multiplier,
        int rows,
        int order,
        Executor executor)
    {
        RowWindows windows = new(table.Degree);
        var tiles = new OutputTiles(outputs, executor.Width.Lanes<T>(), windows.TileVectors(executor.Width));
        if (table != _table || tiles != _tiles || executor.Width != _width || baseActivation is null != _base is null)
        {
            windows.Compile<T>(executor.Width, tiles.Vectors, baseActivation is not null, _fullTile);
            windows.Compile<T>(executor.Width, tiles.VectorsOf(tiles.Count - 1), baseActivation is not null, _lastTile);
            if (_masks.Length != 2 * tiles.Lanes)
                _masks = Masks(tiles.Lanes);
        }

        _windows = windows;
        _table = table;
        _base = baseActivation;
        _tiles = tiles;
        _weights = weights;
        _x = x;
        _multiplier = multiplier;
        _rows = rows;
        _order = order;
        _width = executor.Width;
        _plan = ContractionPlan.Create(
            rows, table.Features, tiles, table.Count + (baseActivation is null ? 0 : 1), table.Degree, Unsafe.SizeOf<T>(), executor.Threads);
    }

    /// <summary>Lets go of weights, inputs and outputs after a forward pass, so that an idle object keeps no model alive but its basis.</summary>
    public void Forget()
    {
        _weights = default;
        _x = default;
        _multiplier = default;
        _forward.Set(default, default);
    }

    /// <summary>Computes the outputs.</summary>
    /// <param name="executor">Where it runs.</param>
    /// <param name="bias">[O], or empty.</param>
    /// <param name="y">Receives [rows, O].</param>
    public void Forward(Executor executor, Buffer<T> bias, Buffer<T> y)
    {
        _forward.Set(bias, y);
        executor.Run(_forward, _plan.ForwardRowBlocks * _plan.TileGroups);
    }

    /// <summary>Computes gradients.</summary>
    /// <param name="executor">Where it runs.</param>
    /// <param name="gradients">What is wanted.</param>
    /// <param name="g">Gradient of the outputs [rows, O].</param>
    /// <param name="tiled">Room for rows × padded outputs; unused, and may be empty, if <see cref="NeedsTiling"/> is false.</param>
    public void Backward(Executor executor, in LayerGradients<T> gradients, Buffer<T> g, Buffer<T> tiled)
    {
        if (NeedsTiling)
        {
            _tiling.Set(g, tiled);
            executor.Run(_tiling, _plan.RowBlocks);
            g = tiled;
        }

        _backward.Set(gradients, g);
        executor.Run(_backward, (Inputs + _plan.BackwardFeatures - 1) / _plan.BackwardFeatures);
    }

    /// <summary>Whether the gradient of the outputs has to be copied to tiles first.</summary>
    public bool NeedsTiling => !_tiles.IsWhole;

    /// <summary>Elements of the tiled gradient.</summary>
    public int TiledLength => checked(_rows * _tiles.Padded);

    private ReadOnlySpan<T> X => _x.Span;

    private ReadOnlySpan<Sweeps<T>> SweepsOf(int tile) => (tile == _tiles.Count - 1 ? _lastTile : _fullTile).AsSpan(0, _windows.Count);

    /// <summary>The weight rows of a feature and tile for a window that starts at one of its functions; the base row goes with the first window.</summary>
    private SweepWeights<T> WeightsOf(int feature, int tile, int function, (int Features, int Outputs) ahead)
    {
        int start = _tiles.Start(tile);
        bool inTail = feature >= _weights.TailStart;
        Buffer<T> coefficients = inTail ? _weights.Tail : _weights.Coefficients;
        int row = (inTail ? feature - _weights.TailStart : feature) * BasisCount + function;
        int edge = feature * _tiles.Padded + start;
        var weights = new SweepWeights<T>
        {
            Rows = ref coefficients.Array[coefficients.Offset + row * _tiles.Outputs + start],
            RowStride = _tiles.Outputs,
            Ahead = ahead.Features * BasisCount * _tiles.Outputs + ahead.Outputs,
            EdgesAhead = ahead.Features * _tiles.Padded + ahead.Outputs,
            Mask = ref _masks[_tiles.Lanes - _tiles.LastLanes(tile)],
        };
        if (!_weights.Factors.IsEmpty)
            weights.Factors = ref _weights.Factors.Array[_weights.Factors.Offset + edge];
        if (HasBase)
            weights.Base = ref _weights.Base.Array[_weights.Base.Offset + edge];
        return weights;
    }

    /// <summary>Where the next sweep's weights stand: features follow one another, then tiles. In rows of weights and in outputs, to be multiplied out.</summary>
    private (int Features, int Outputs) Ahead(int feature, int features, int tile) =>
        feature + 1 < features ? (1, 0) : (1 - features, _tiles.Start(tile + 1) - _tiles.Start(tile));

    /// <summary>A register of set bits, then one of cleared bits: n elements before their border starts a mask of n lanes.</summary>
    private static T[] Masks(int lanes)
    {
        var masks = new T[2 * lanes];
        MemoryMarshal.AsBytes(masks.AsSpan(0, lanes)).Fill(byte.MaxValue);
        return masks;
    }

    /// <summary>Copies the gradient of the outputs to tiles, block by block.</summary>
    private sealed class TilingWork(LocalContraction<T> owner) : ParallelWork
    {
        private Buffer<T> _source;
        private Buffer<T> _target;

        public void Set(Buffer<T> source, Buffer<T> target)
        {
            _source = source;
            _target = target;
        }

        public override void Execute(int piece)
        {
            int row = piece * owner._plan.RowBlock;
            int rows = Math.Min(owner._plan.RowBlock, owner._rows - row);
            OutputTiles tiles = owner._tiles;
            tiles.FromRows<T>(rows, _source.Span.Slice(row * tiles.Outputs, rows * tiles.Outputs), _target.Span.Slice(row * tiles.Padded, rows * tiles.Padded));
        }
    }
}
