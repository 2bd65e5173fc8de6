using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The sums of a layer with a local basis over a whole batch, cut into pieces: y[n, o] += Σ_i m[n, i]·φ_io^(d)(x[n, i]), its gradient with
/// respect to the packed weights, and Σ_o g[n, o]·m[n, i]·φ_io^(d)(x[n, i]), from which gradients of x and m come with the right order d.
/// No tensor over (batch × inputs × basis) exists: a piece evaluates the basis for some rows and <see cref="FeatureBlock"/> features at a time.
/// </summary>
/// <remarks>
/// Pieces depend on sizes alone. Each output, weight gradient and input gradient is summed by one piece in a fixed order, so the bits do not
/// depend on the number of threads. The object is kept and reused; one call at a time.
/// </remarks>
internal sealed class LocalContraction<T> : ParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Features evaluated together; their weights of one tile fit the first-level cache for usual grids.</summary>
    public const int FeatureBlock = 16;

    private const int GradientRows = 128;
    private LocalBasisTable<T> _table = null!;
    private Activation? _base;
    private WeightLayout _layout;
    private SimdWidth _width;
    private ContractionKind _kind;
    private int _order;
    private int _rows;
    private int _rowsPerPiece;
    private Buffer<T> _x;
    private Buffer<T> _multiplier;
    private Buffer<T> _weights;
    private Buffer<T> _tiles;
    private Buffer<T> _inputGradient;

    /// <summary>Sets what is the same for all sums.</summary>
    /// <param name="table">The basis.</param>
    /// <param name="baseActivation">Function of the base row; null if the layout has none.</param>
    /// <param name="layout">Layout of the packed weights; its lanes fit <paramref name="executor"/>'s width.</param>
    /// <param name="x">Inputs [rows, I].</param>
    /// <param name="rows">Batch size N.</param>
    /// <param name="executor">Where it will run.</param>
    public void Configure(LocalBasisTable<T> table, Activation? baseActivation, in WeightLayout layout, Buffer<T> x, int rows, Executor executor)
    {
        _table = table;
        _base = baseActivation;
        _layout = layout;
        _x = x;
        _rows = rows;
        _width = executor.Width;
        _rowsPerPiece = Math.Clamp((rows / 8 + 31) / 32 * 32, 32, 256);
    }

    /// <summary>Adds the layer's sum to the output tiles ([tile][rows][tile width]).</summary>
    public void Forward(Executor executor, int order, Buffer<T> multiplier, Buffer<T> weights, Buffer<T> tiles)
    {
        Set(ContractionKind.Forward, order, multiplier, weights, tiles, default);
        executor.Run(this, RowPieces);
    }

    /// <summary>Adds to the packed weight gradient, given the gradient of the output tiles.</summary>
    public void WeightGradient(Executor executor, int order, Buffer<T> multiplier, Buffer<T> weightGradient, Buffer<T> tiles)
    {
        Set(ContractionKind.WeightGradient, order, multiplier, weightGradient, tiles, default);
        executor.Run(this, (_layout.Inputs + FeatureBlock - 1) / FeatureBlock);
    }

    /// <summary>Adds Σ_o g·m·φ^(order) to a gradient shaped like x.</summary>
    public void InputGradient(Executor executor, int order, Buffer<T> multiplier, Buffer<T> weights, Buffer<T> tiles, Buffer<T> inputGradient)
    {
        Set(ContractionKind.InputGradient, order, multiplier, weights, tiles, inputGradient);
        executor.Run(this, RowPieces);
    }

    private int RowPieces => (_rows + _rowsPerPiece - 1) / _rowsPerPiece;

    /// <inheritdoc/>
    public override void Execute(int piece)
    {
        if (_kind == ContractionKind.WeightGradient)
        {
            int feature = piece * FeatureBlock;
            ContractionScratch<T> scratch = ContractionScratch<T>.Rent(GradientRows * FeatureBlock, _table.Stride);
            for (int row = 0; row < _rows; row += GradientRows)
                Block(row, Math.Min(GradientRows, _rows - row), feature, scratch);
            scratch.Return();
        }
        else
        {
            int row = piece * _rowsPerPiece;
            int rows = Math.Min(_rowsPerPiece, _rows - row);
            ContractionScratch<T> scratch = ContractionScratch<T>.Rent(rows * FeatureBlock, _table.Stride);
            for (int feature = 0; feature < _layout.Inputs; feature += FeatureBlock)
                Block(row, rows, feature, scratch);
            scratch.Return();
        }
    }

    private void Set(ContractionKind kind, int order, Buffer<T> multiplier, Buffer<T> weights, Buffer<T> tiles, Buffer<T> inputGradient)
    {
        _kind = kind;
        _order = order;
        _multiplier = multiplier;
        _weights = weights;
        _tiles = tiles;
        _inputGradient = inputGradient;
    }

    /// <summary>Evaluates the basis on one block of points and runs the kernel on every tile.</summary>
    private void Block(int row, int rows, int feature, ContractionScratch<T> scratch)
    {
        int features = Math.Min(FeatureBlock, _layout.Inputs - feature);
        int points = rows * features;
        Gather(_x, row, rows, feature, features, scratch.X);
        Span<T> x = scratch.X.AsSpan(0, points);
        Span<T> values = scratch.Values.AsSpan(0, points * _table.Stride);
        Span<T> bases = scratch.Bases.AsSpan(0, points);
        _table.Evaluate(x, feature, features, _order, scratch.First.AsSpan(0, points), values, _width);
        if (_layout.HasBase)
            _base!.Evaluate<T>(_order, x, bases, _width);
        if (!_multiplier.IsEmpty)
        {
            Gather(_multiplier, row, rows, feature, features, scratch.X);
            Scale(x, values, bases);
        }

        if (_kind == ContractionKind.WeightGradient)
            RowOrder.Sort(scratch.First, rows, features, _table.Count, scratch.Order);
        var block = new ContractionBlock<T>
        {
            First = ref scratch.First[0],
            Order = ref scratch.Order[0],
            Values = ref scratch.Values[0],
            Bases = ref scratch.Bases[0],
            Rows = rows,
            Features = features,
            Stride = _table.Stride,
            Degree = _table.Degree,
            HasBase = _layout.HasBase,
            RowsPerFeature = _layout.Rows,
        };
        Span<T> gradient = scratch.X.AsSpan(0, points);
        if (_kind == ContractionKind.InputGradient)
            gradient.Clear();
        for (int tile = 0; tile < _layout.Tiles; tile++)
        {
            int width = _layout.TileWidth(tile);
            int weights = _weights.Offset + _layout.TileOffset(tile) + feature * _layout.Rows * width;
            int outputs = _tiles.Offset + _layout.TileStart(tile) * _rows + row * width;
            ContractionDispatch.Run(
                _kind, _width, _layout.TileVectors(tile), block, ref _weights.Array[weights], ref _tiles.Array[outputs], ref scratch.X[0]);
        }

        if (_kind == ContractionKind.InputGradient)
            AddRows(gradient, row, rows, feature, features);
    }

    private void Gather(Buffer<T> source, int row, int rows, int feature, int features, T[] target)
    {
        if (features == _layout.Inputs)
        {
            source.Span.Slice(row * features, rows * features).CopyTo(target);
            return;
        }

        for (int n = 0; n < rows; n++)
            source.Span.Slice((row + n) * _layout.Inputs + feature, features).CopyTo(target.AsSpan(n * features));
    }

    private void Scale(ReadOnlySpan<T> factors, Span<T> values, Span<T> bases)
    {
        int stride = _table.Stride;
        for (int point = 0; point < factors.Length; point++)
        {
            T factor = factors[point];
            foreach (ref T value in values.Slice(point * stride, _table.Degree + 1))
                value *= factor;
            bases[point] *= factor;
        }
    }

    private void AddRows(ReadOnlySpan<T> source, int row, int rows, int feature, int features)
    {
        for (int n = 0; n < rows; n++)
        {
            Span<T> target = _inputGradient.Span.Slice((row + n) * _layout.Inputs + feature, features);
            ReadOnlySpan<T> add = source.Slice(n * features, features);
            VectorMath.Add(target, add, target, _width);
        }
    }
}
