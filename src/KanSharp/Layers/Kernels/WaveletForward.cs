using System.Numerics;
using System.Runtime.CompilerServices;
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
        int tileRows = Math.Clamp(Tile / outputs, 1, rows);
        GlobalScratch<T> scratch = WorkCache<GlobalScratch<T>>.Rent();
        T* u = scratch.Points.Take((tileRows * outputs) + V.Count), values = scratch.Values.Take((tileRows * outputs) + V.Count);
        for (int input = 0; input < Operands.Inputs; input++)
        {
            for (int start = 0; start < rows; start += tileRows)
            {
                int count = Math.Min(tileRows, rows - start);
                int length = Arguments(input, row + start, count, output, outputs, u);
                Operands.Wavelet.Evaluate<V>(Operands.Order, ref *u, ref *values, length);
                Add(input, row + start, count, output, outputs, values);
            }
        }

        WorkCache<GlobalScratch<T>>.Return(scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int input, int row, int rows, int output, int outputs, T* values)
    {
        T* weights = W + ((nint)input * Operands.Outputs) + output;
        T* inverse = Inverse + ((nint)input * Operands.Outputs) + output;
        bool steep = Operands.Order == 1;
        for (int n = row; n < row + rows; n++)
        {
            T* y = _y + ((nint)n * Operands.Outputs) + output;
            T factor = Multiplier is null ? T.One : Multiplier[((nint)n * Operands.Inputs) + input];
            V along = V.Broadcast(factor);
            int o = 0;
            for (; o <= outputs - V.Count; o += V.Count)
            {
                V weight = V.Load(ref *weights, o);
                if (steep)
                    weight *= V.Load(ref *inverse, o);
                if (Multiplier is not null)
                    weight *= along;
                V.Store(V.MultiplyAdd(V.Load(ref *values, o), weight, V.Load(ref *y, o)), ref *y, o);
            }

            for (; o < outputs; o++)
                y[o] = T.FusedMultiplyAdd(values[o], weights[o] * (steep ? inverse[o] * factor : factor), y[o]);
            values += outputs;
        }
    }
}
