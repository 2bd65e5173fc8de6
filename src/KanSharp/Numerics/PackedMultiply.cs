using System.Buffers;
using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// Blocked matrix product in the manner of Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", ACM TOMS 34,
/// 2008): slices of B are packed into panels as wide as a register tile, blocks of A rows walk over the panels. Row-major A is read
/// in place (each of the six rows is a contiguous stream), a transposed A is packed block by block.
/// </summary>
/// <remarks>
/// A piece owns a rectangle of C for one slice of the inner dimension, and the slices follow one another, so every element of C is
/// summed in the same order for any number of threads.
/// </remarks>
internal sealed unsafe class PackedMultiply<TV, T> : ParallelWork
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int DepthBlock = 384;
    private const int RowBlock = 16 * MicroKernel<TV, T>.Rows;
    private const int ColumnBlock = 2048;
    private const int PiecesWanted = 16;
    private const int PanelsPerPackPiece = 4;
    private const int InlineOperations = 1 << 16;

    // Below this many rows of A the panels of a row-major B are used too seldom to be worth a copy.
    private const int RowsWorthPacking = 8 * MicroKernel<TV, T>.Rows;

    private T* _a;
    private T* _b;
    private T* _c;
    private T* _packedA;
    private T* _packedB;
    private int _lda;
    private int _ldb;
    private int _ldc;
    private bool _transA;
    private bool _transB;
    private bool _directB;
    private int _rows;
    private int _columnStart;
    private int _columns;
    private int _depthStart;
    private int _depth;
    private int _packPiecesB;
    private int _rowBlocks;
    private int _columnGroups;
    private int _panelsPerGroup;
    private ProductMode _mode;
    private bool _packing;

    private static int PanelWidth => MicroKernel<TV, T>.PanelWidth;

    private int Panels => (_columns + PanelWidth - 1) / PanelWidth;

    public static void Run(
        MatrixOperand<T> a, MatrixOperand<T> b, Span<T> c, int ldc, int m, int n, int k, ProductMode mode, Executor executor)
    {
        PackedMultiply<TV, T> work = WorkCache<PackedMultiply<TV, T>>.Rent();
        int panelSlots = (Math.Min(n, ColumnBlock) + PanelWidth - 1) / PanelWidth * PanelWidth;
        T[] buffer = ArrayPool<T>.Shared.Rent((panelSlots * Math.Min(k, DepthBlock)) + (64 / sizeof(T)));
        int rowBlocks = (m + RowBlock - 1) / RowBlock;
        bool sharesA = a.Transposed && rowBlocks < PiecesWanted && n > PanelWidth;
        T[] bufferA = sharesA ? ArrayPool<T>.Shared.Rent((rowBlocks * RowBlock * Math.Min(k, DepthBlock)) + (64 / sizeof(T))) : [];
        try
        {
            fixed (T* pa = a.Values, pb = b.Values, pc = c, pp = buffer, pq = bufferA)
            {
                work._packedA = sharesA ? AlignedBuffer<T>.Align(pq) : null;
                work._rowBlocks = rowBlocks;
                work._a = pa;
                work._b = pb;
                work._c = pc;
                work._packedB = AlignedBuffer<T>.Align(pp);
                (work._lda, work._ldb, work._ldc) = (a.Leading, b.Leading, ldc);
                (work._transA, work._transB, work._rows) = (a.Transposed, b.Transposed, m);
                work._directB = !b.Transposed && m <= RowsWorthPacking;
                for (int column = 0; column < n; column += ColumnBlock)
                {
                    for (int depth = 0; depth < k; depth += DepthBlock)
                    {
                        (work._columnStart, work._columns) = (column, Math.Min(ColumnBlock, n - column));
                        (work._depthStart, work._depth) = (depth, Math.Min(DepthBlock, k - depth));
                        work._mode = depth == 0 || mode == ProductMode.Subtract ? mode : ProductMode.Add;
                        work.RunSlice(executor);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(buffer);
            if (sharesA)
                ArrayPool<T>.Shared.Return(bufferA);
            WorkCache<PackedMultiply<TV, T>>.Return(work);
        }
    }

    public override void Execute(int piece)
    {
        if (!_packing)
            Compute(piece);
        else if (piece < _packPiecesB)
            Pack(piece);
        else
            PackRows(piece - _packPiecesB, BlockOfA(piece - _packPiecesB));
    }

    private void RunSlice(Executor executor)
    {
        bool inline = (long)_rows * _columns * _depth <= InlineOperations;
        _packing = true;
        _packPiecesB = (Panels + PanelsPerPackPiece - 1) / PanelsPerPackPiece;
        RunPieces(executor, _packPiecesB + (_packedA is null ? 0 : _rowBlocks), inline || (_directB && _packedA is null));
        _packing = false;
        int groupsWanted = Math.Clamp(PiecesWanted / _rowBlocks, 1, Panels);
        _panelsPerGroup = (Panels + groupsWanted - 1) / groupsWanted;
        _columnGroups = (Panels + _panelsPerGroup - 1) / _panelsPerGroup;
        RunPieces(executor, _rowBlocks * _columnGroups, inline);
    }

    private void RunPieces(Executor executor, int pieces, bool inline)
    {
        if (!inline)
        {
            executor.Run(this, pieces);
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
            Execute(piece);
    }

    private bool IsDirect(int width) => _directB && width == MicroKernel<TV, T>.Registers(width) * TV.Count;

    private void Pack(int piece)
    {
        int end = Math.Min(Panels, (piece + 1) * PanelsPerPackPiece);
        for (int panel = piece * PanelsPerPackPiece; panel < end; panel++)
        {
            int start = panel * PanelWidth;
            int width = Math.Min(PanelWidth, _columns - start);
            if (IsDirect(width))
                continue;
            T* target = _packedB + ((nint)panel * PanelWidth * _depth);
            nint row = _depthStart, column = _columnStart + start;
            if (_transB)
                MatrixPacking<TV, T>.Columns(_b + (column * _ldb) + row, _ldb, width, _depth, MicroKernel<TV, T>.Registers(width) * TV.Count, target);
            else
                MatrixPacking<TV, T>.Rows(_b + (row * _ldb) + column, _ldb, width, _depth, MicroKernel<TV, T>.Registers(width) * TV.Count, target);
        }
    }

    private void Compute(int piece)
    {
        int firstRow = piece / _columnGroups * RowBlock;
        int firstPanel = piece % _columnGroups * _panelsPerGroup;
        int lastPanel = Math.Min(Panels, firstPanel + _panelsPerGroup);
        int rows = Math.Min(RowBlock, _rows - firstRow);
        if (!_transA)
        {
            Compute(_a + ((nint)firstRow * _lda) + _depthStart, _lda, 1, (nint)MicroKernel<TV, T>.Rows * _lda, firstRow, rows, firstPanel, lastPanel);
            return;
        }

        nint panel = (nint)MicroKernel<TV, T>.Rows * _depth;
        int block = piece / _columnGroups;
        if (_packedA is not null)
        {
            Compute(BlockOfA(block), 1, MicroKernel<TV, T>.Rows, panel, firstRow, rows, firstPanel, lastPanel);
            return;
        }

        T[] buffer = ArrayPool<T>.Shared.Rent((RowBlock * _depth) + (64 / sizeof(T)));
        fixed (T* pinned = buffer)
        {
            T* packed = AlignedBuffer<T>.Align(pinned);
            PackRows(block, packed);
            Compute(packed, 1, MicroKernel<TV, T>.Rows, panel, firstRow, rows, firstPanel, lastPanel);
        }

        ArrayPool<T>.Shared.Return(buffer);
    }

    private T* BlockOfA(int block) => _packedA + ((nint)block * RowBlock * _depth);

    private void PackRows(int block, T* target)
    {
        int firstRow = block * RowBlock;
        T* source = _a + ((nint)_depthStart * _lda) + firstRow;
        MatrixPacking<TV, T>.TallPanels(source, _lda, Math.Min(RowBlock, _rows - firstRow), _depth, target);
    }

    private void Compute(T* a, nint aRow, nint aStep, nint aPanel, int firstRow, int rows, int firstPanel, int lastPanel)
    {
        for (int panel = firstPanel; panel < lastPanel; panel++)
        {
            int start = panel * PanelWidth;
            int width = Math.Min(PanelWidth, _columns - start);
            int registers = MicroKernel<TV, T>.Registers(width);
            bool direct = IsDirect(width);
            T* b = direct
                ? _b + ((nint)_depthStart * _ldb) + _columnStart + start
                : _packedB + ((nint)panel * PanelWidth * _depth);
            nint bStep = direct ? _ldb : registers * TV.Count;
            T* c = _c + ((nint)firstRow * _ldc) + _columnStart + start;
            PanelProduct<TV, T>.Run(_depth, a, aRow, aStep, aPanel, rows, b, bStep, width, c, _ldc, _mode);
        }
    }
}
