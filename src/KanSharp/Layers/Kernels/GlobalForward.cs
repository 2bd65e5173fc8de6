using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// y[n, o] += Σ_p Φ[n, p]·W[p, o] with p = (feature, function). For one slice of features the basis is evaluated for a range of rows and
/// the weights are packed; then row blocks are multiplied with panels. Samples stand side by side in Φ, and the product's kernel reads
/// six neighbours at each step.
/// </summary>
internal sealed unsafe class GlobalForward<V, T> : GlobalWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Depth = 384;
    private const int RowBlock = 16 * TileRows;
    private const int RowRange = 8 * RowBlock;
    private const int ColumnRange = 2048;
    private const int FunctionsPerPiece = 64;

    // Below this many rows the packed weights are used too seldom to be worth a copy.
    private const int RowsWorthPacking = 8 * TileRows;

    private readonly AlignedBuffer<T> _valueBuffer = new();
    private readonly AlignedBuffer<T> _weightBuffer = new();
    private T* _values;
    private T* _packed;
    private int _row;
    private int _rows;
    private int _rowsPerBlock;
    private int _stride;
    private int _feature;
    private int _features;
    private int _featuresPerPiece;
    private int _evaluations;
    private int _column;
    private int _columns;
    private int _panelsPerPiece;
    private bool _direct;
    private bool _preparing;

    private int Panels => Pieces(_columns, PanelWidth);

    private int RowBlocks => Pieces(_rows, _rowsPerBlock);

    private int FeaturePieces => Pieces(_features, _featuresPerPiece);

    protected override void Run(Executor executor)
    {
        int slice = FeaturesFor(Depth);
        _featuresPerPiece = Math.Min(slice, FeaturesFor(FunctionsPerPiece));
        int blocks = Pieces(Math.Min(Rows, RowRange), RowBlock);
        _rowsPerBlock = Share(Math.Min(Rows, RowRange), blocks, TileRows);
        _stride = MicroKernel<V, T>.Registers(_rowsPerBlock) * V.Count;
        _values = _valueBuffer.Take((nint)blocks * slice * Count * _stride);
        int width = Pieces(Math.Min(Outputs, ColumnRange), PanelWidth) * PanelWidth;
        _direct = Weights.IsPlain && Rows <= RowsWorthPacking;
        _packed = _weightBuffer.Take((nint)slice * Count * width);
        for (_row = 0; _row < Rows; _row += RowRange)
        {
            _rows = Math.Min(RowRange, Rows - _row);
            for (_feature = 0; _feature < Inputs; _feature += slice)
            {
                _features = Math.Min(slice, Inputs - _feature);
                for (_column = 0; _column < Outputs; _column += ColumnRange)
                {
                    _columns = Math.Min(ColumnRange, Outputs - _column);
                    _evaluations = _column == 0 ? RowBlocks * FeaturePieces : 0;
                    _preparing = true;
                    executor.Run(this, _evaluations + Panels);
                    _preparing = false;
                    _panelsPerPiece = Pieces(Panels, Math.Clamp(PiecesWanted / RowBlocks, 1, Panels));
                    executor.Run(this, RowBlocks * Pieces(Panels, _panelsPerPiece));
                }
            }
        }
    }

    public override void Execute(int piece)
    {
        if (!_preparing)
            Multiply(piece);
        else if (piece < _evaluations)
            Evaluate(piece / FeaturePieces, piece % FeaturePieces * _featuresPerPiece);
        else
            Pack(piece - _evaluations);
    }

    private T* Block(int block) => _values + ((nint)block * _features * Count * _stride);

    private bool IsDirect(int width) => _direct && width % V.Count == 0;

    private void Evaluate(int block, int feature)
    {
        GlobalScratch<T> scratch = WorkCache<GlobalScratch<T>>.Rent();
        int start = block * _rowsPerBlock;
        Evaluate(
            _row + start,
            Math.Min(_rowsPerBlock, _rows - start),
            _feature + feature,
            Math.Min(_featuresPerPiece, _features - feature),
            _stride,
            scratch,
            Block(block) + ((nint)feature * Count * _stride));
        WorkCache<GlobalScratch<T>>.Return(scratch);
    }

    private void Pack(int panel)
    {
        int start = panel * PanelWidth;
        int width = Math.Min(PanelWidth, _columns - start);
        if (!IsDirect(width))
        {
            T* target = _packed + ((nint)start * _features * Count);
            Weights.Pack(_feature, _features, _column + start, width, MicroKernel<V, T>.Registers(width) * V.Count, target);
        }
    }

    private void Multiply(int piece)
    {
        int groups = Pieces(Panels, _panelsPerPiece);
        int block = piece / groups;
        int first = piece % groups * _panelsPerPiece;
        int row = block * _rowsPerBlock;
        int depth = _features * Count;
        for (int panel = first; panel < Math.Min(Panels, first + _panelsPerPiece); panel++)
        {
            int start = panel * PanelWidth;
            int width = Math.Min(PanelWidth, _columns - start);
            bool direct = IsDirect(width);
            T* b = direct ? Weights.Of(_feature) + _column + start : _packed + ((nint)start * depth);
            nint step = direct ? Outputs : MicroKernel<V, T>.Registers(width) * V.Count;
            T* target = Y + ((nint)(_row + row) * Outputs) + _column + start;
            Product(depth, Block(block), 1, _stride, Math.Min(_rowsPerBlock, _rows - row), b, step, width, target, Outputs, ProductMode.Add);
        }
    }
}
