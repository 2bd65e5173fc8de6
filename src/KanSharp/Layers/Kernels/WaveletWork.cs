using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// What both sums of wavelet layers share: pinned operands and the arguments of a tile. Every edge has a wavelet of its own, so nothing can be shared between outputs
/// as with a basis, and ψ is evaluated N·I·O times, some 15 to 25 instructions for a register of arguments. A tile of rows × outputs for one input is evaluated at a
/// time, in a buffer of <see cref="Tile"/> elements that stays in the first-level cache; nothing of the size N·I·O exists.
/// </summary>
internal abstract unsafe class WaveletWork<V, T> : ParallelWork
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of a tile.</summary>
    protected const int Tile = 1024;

    /// <summary>Larger arguments count as this, so that no product of an infinite one with a vanished function arises.</summary>
    private const double Limit = 1e6;

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

    /// <summary>u[n, o] = (x[n] − τ[o])·v[o] for a tile, within ±<see cref="Limit"/>; the rest up to a whole register is 0.</summary>
    /// <returns>Elements of the tile, rounded up to whole registers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected int Arguments(int input, int row, int rows, int output, int outputs, T* u)
    {
        int inputs = Operands.Inputs;
        T* translation = Translation + ((nint)input * Operands.Outputs) + output;
        T* inverse = Inverse + ((nint)input * Operands.Outputs) + output;
        T* x = X + ((nint)row * inputs) + input;
        T* target = u;
        T limit = T.CreateTruncating(Limit);
        V most = V.Broadcast(limit), least = -most;
        for (int n = 0; n < rows; n++)
        {
            V position = V.Broadcast(*x);
            int o = 0;
            for (; o <= outputs - V.Count; o += V.Count)
                V.Store(V.Max(V.Min((position - V.Load(ref *translation, o)) * V.Load(ref *inverse, o), most), least), ref *target, o);
            for (; o < outputs; o++)
                target[o] = T.Max(T.Min((*x - translation[o]) * inverse[o], limit), -limit);
            target += outputs;
            x += inputs;
        }

        int count = rows * outputs, padded = (count + V.Count - 1) / V.Count * V.Count;
        for (int rest = count; rest < padded; rest++)
            u[rest] = T.Zero;
        return padded;
    }

    protected static int Pieces(int length, int size) => (length + size - 1) / size;
}
