using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// What both sums of wavelet layers share. Every edge has a wavelet of its own, so nothing can be shared between outputs as with a basis, and ψ is evaluated N·I·O
/// times; nothing of that size exists.
/// </summary>
internal abstract unsafe class WaveletWork<V, T> : ParallelWork
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Pieces to aim at.</summary>
    protected const int PiecesWanted = 16;

    protected T* X { get; private set; }

    protected T* Multiplier { get; private set; }

    protected T* W { get; private set; }

    protected T* Inverse { get; private set; }

    protected T* Translation { get; private set; }

    protected WaveletOperands<T> Operands { get; private set; }

    /// <summary>Pins the operands and runs.</summary>
    protected void Pin(in WaveletOperands<T> operands, Executor executor)
    {
        Operands = operands;
        fixed (T* x = operands.X.Span, multiplier = operands.Multiplier.Span, weights = operands.Weights.Span, inverse = operands.Inverse.Span, translation = operands.Translation.Span)
        {
            X = x;
            Multiplier = multiplier;
            W = weights;
            Inverse = inverse;
            Translation = translation;
            Run(executor);
        }

        Operands = default;
    }

    protected abstract void Run(Executor executor);

    /// <summary>Rows × outputs of an input, without targets.</summary>
    protected WaveletTile<T> TileOf(int input, int row, int rows, int output, int outputs)
    {
        nint edge = ((nint)input * Operands.Outputs) + output, point = ((nint)row * Operands.Inputs) + input;
        return new WaveletTile<T>
        {
            Order = Operands.Order,
            Rows = rows,
            Outputs = outputs,
            Points = X + point,
            Multipliers = Multiplier is null ? null : Multiplier + point,
            PointStride = Operands.Inputs,
            Translations = Translation + edge,
            Inverses = Inverse + edge,
            Weights = W + edge,
            OutputStride = Operands.Outputs,
        };
    }

    protected static int Pieces(int length, int size) => (length + size - 1) / size;
}
