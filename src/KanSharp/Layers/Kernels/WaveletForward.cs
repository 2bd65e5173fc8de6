using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The forward sum of a wavelet layer. A piece owns some rows and outputs and goes over all inputs; the parameters of an input serve all rows of a piece.</summary>
internal sealed unsafe class WaveletForward<V, T> : WaveletWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostRows = 64;
    private const int MostOutputs = 256;
    private T* _y;
    private int _rowsPerPiece;
    private int _outputsPerPiece;

    /// <summary>Adds to y.</summary>
    public void Run(in WaveletOperands<T> operands, Span<T> y, Executor executor)
    {
        fixed (T* pinned = y)
        {
            _y = pinned;
            Pin(operands, executor);
        }
    }

    protected override void Run(Executor executor)
    {
        (int rows, int outputs) = (Operands.Rows, Operands.Outputs);
        _outputsPerPiece = Math.Min(outputs, MostOutputs);
        int columns = Pieces(outputs, _outputsPerPiece);
        _rowsPerPiece = Math.Clamp(Pieces(rows, Math.Max(1, PiecesWanted / columns)), 1, MostRows);
        executor.Run(this, Pieces(rows, _rowsPerPiece) * columns);
    }

    public override void Execute(int piece)
    {
        int columns = Pieces(Operands.Outputs, _outputsPerPiece);
        int row = piece / columns * _rowsPerPiece, output = piece % columns * _outputsPerPiece;
        int rows = Math.Min(_rowsPerPiece, Operands.Rows - row), outputs = Math.Min(_outputsPerPiece, Operands.Outputs - output);
        for (int input = 0; input < Operands.Inputs; input++)
        {
            WaveletTile<T> tile = TileOf(input, row, rows, output, outputs);
            tile.Y = _y + ((nint)row * Operands.Outputs) + output;
            Operands.Wavelet.Forward<V>(tile);
        }
    }
}
