using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// dW[p, o] += Σ_n Φ[n, p]·g[n, o], then from dW the gradients of coefficients and scale. A piece owns some features and outputs and goes
/// over all rows; its block of Φ has a function per row, which the product's kernel reads as six streams.
/// </summary>
internal sealed unsafe class GlobalWeightGradient<V, T> : GlobalWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Depth = 384;
    private const int RowRange = 4 * Depth;
    private const int FunctionRows = 16 * TileRows;
    private const int PanelsAtLeast = 4;

    private readonly AlignedBuffer<T> _gradientBuffer = new();
    private T* _packed;
    private T* _coefficients;
    private T* _scale;
    private int _row;
    private int _rows;
    private int _featuresPerPiece;
    private int _panelsPerPiece;
    private bool _preparing;

    private int Panels => Pieces(Outputs, PanelWidth);

    /// <summary>Adds to the gradients of the coefficients and, unless it is empty, of the scale.</summary>
    public void Run(in GlobalOperands<T> operands, Span<T> gradient, Span<T> coefficients, Span<T> scale, Executor executor)
    {
        fixed (T* pinnedCoefficients = coefficients, pinnedScale = scale)
        {
            _coefficients = pinnedCoefficients;
            _scale = pinnedScale;
            Run(operands, gradient, executor);
        }
    }

    protected override void Run(Executor executor)
    {
        _featuresPerPiece = FeaturesFor(FunctionRows);
        int groups = Math.Clamp(PiecesWanted / Pieces(Inputs, _featuresPerPiece), 1, Pieces(Panels, PanelsAtLeast));
        _panelsPerPiece = Pieces(Panels, groups);
        _packed = _gradientBuffer.Take((nint)Panels * PanelWidth * Math.Min(Rows, RowRange));
        for (_row = 0; _row < Rows; _row += RowRange)
        {
            _rows = Math.Min(RowRange, Rows - _row);
            _preparing = true;
            executor.Run(this, Panels);
            _preparing = false;
            executor.Run(this, Pieces(Inputs, _featuresPerPiece) * Pieces(Panels, _panelsPerPiece));
        }
    }

    public override void Execute(int piece)
    {
        if (!_preparing)
        {
            Multiply(piece);
            return;
        }

        int start = piece * PanelWidth;
        int width = Math.Min(PanelWidth, Outputs - start);
        MatrixPacking<V, T>.Rows(
            Y + ((nint)_row * Outputs) + start, Outputs, width, _rows, MicroKernel<V, T>.Registers(width) * V.Count, _packed + ((nint)start * _rows));
    }

    private void Multiply(int piece)
    {
        int groups = Pieces(Panels, _panelsPerPiece);
        int feature = piece / groups * _featuresPerPiece;
        int features = Math.Min(_featuresPerPiece, Inputs - feature);
        int firstColumn = piece % groups * _panelsPerPiece * PanelWidth;
        int columns = Math.Min(_panelsPerPiece * PanelWidth, Outputs - firstColumn);
        GlobalScratch<T> scratch = WorkCache<GlobalScratch<T>>.Rent();
        // Without scale and mask the products are the coefficients' gradient itself.
        bool plain = Weights.IsPlain;
        T* target = plain ? _coefficients + ((nint)feature * Count * Outputs) + firstColumn : scratch.Products.Take((nint)features * Count * columns);
        int leading = plain ? Outputs : columns;
        ProductMode mode = plain ? ProductMode.Add : ProductMode.Assign;
        int stride = MicroKernel<V, T>.Registers(Math.Min(_rows, Depth)) * V.Count;
        T* values = scratch.Values.Take((nint)features * Count * stride);
        for (int row = 0; row < _rows; row += Depth)
        {
            int depth = Math.Min(Depth, _rows - row);
            Evaluate(_row + row, depth, feature, features, stride, scratch, values);
            for (int column = 0; column < columns; column += PanelWidth)
            {
                int width = Math.Min(PanelWidth, columns - column);
                int packedWidth = MicroKernel<V, T>.Registers(width) * V.Count;
                T* b = _packed + ((nint)(firstColumn + column) * _rows) + ((nint)row * packedWidth);
                Product(depth, values, stride, 1, features * Count, b, packedWidth, width, target + column, leading, mode);
            }

            mode = ProductMode.Add;
        }

        if (!plain)
            Weights.Unpack(feature, features, firstColumn, columns, columns, target, _coefficients, _scale);
        WorkCache<GlobalScratch<T>>.Return(scratch);
    }
}
