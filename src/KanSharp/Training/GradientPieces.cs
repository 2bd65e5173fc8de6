using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Cuts the parameters of an optimiser into fixed pieces for the threads; partial results are added in piece order.</summary>
internal sealed class GradientPieces<T> : ParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PieceLength = 16384;
    private readonly FirstOrderOptimizer<T> _optimizer;
    private readonly (int Slot, int Start, int Count)[] _pieces;
    private readonly double[] _results;
    private bool _norm;
    private double _unit;
    private T _scale;
    private T _limit;

    public GradientPieces(FirstOrderOptimizer<T> optimizer)
    {
        _optimizer = optimizer;
        _pieces = [.. Cut(optimizer.Slots)];
        _results = new double[_pieces.Length];
    }

    /// <summary>The factor, at most 1, that brings the Euclidean norm of all gradients down to a limit.</summary>
    public double ClippingFactor(double maxNorm)
    {
        double norm = Norm(1);
        if (!double.IsPositiveInfinity(norm))
            return norm > maxNorm ? maxNorm / norm : 1;

        // the squares have overflowed; those of gradients · 2⁻⁶⁰⁰ can not, and here no gradient that counts is lost
        double unit = Math.ScaleB(1, -600);
        return Math.Min(1, maxNorm / Norm(unit) * unit);
    }

    /// <summary>Updates all parameters; returns the path of the first one whose gradient is not finite.</summary>
    public string? Update(T scale, T limit)
    {
        _norm = false;
        TouchGradients();
        _scale = scale;
        _limit = limit;
        _optimizer.Executor.Run(this, _pieces.Length);
        for (int piece = 0; piece < _pieces.Length; piece++)
        {
            if (double.IsNaN(_results[piece]))
                return _optimizer.Slots[_pieces[piece].Slot].Path;
        }

        return null;
    }

    public override void Execute(int piece)
    {
        (int index, int start, int count) = _pieces[piece];
        ParameterSlot<T> slot = _optimizer.Slots[index];
        if (_norm)
            _results[piece] = SumOfSquares(slot.Parameter.GradientArray.AsSpan(start, count), _unit);
        else if (slot.Parameter.Trainable)
            _results[piece] = double.CreateTruncating(_optimizer.Update(slot, start, count, _scale, _limit));
        else
            _results[piece] = 0;
    }

    /// <summary>A cleared gradient that no backward pass has written becomes zeros when it is read; here, before threads share it.</summary>
    private void TouchGradients()
    {
        foreach (ParameterSlot<T> slot in _optimizer.Slots)
            _ = slot.Parameter.GradientArray;
    }

    /// <summary>Norm of the gradients times a unit.</summary>
    private double Norm(double unit)
    {
        _norm = true;
        TouchGradients();
        _unit = unit;
        _optimizer.Executor.Run(this, _pieces.Length);
        double sum = 0;
        foreach (double result in _results)
            sum += result;
        return Math.Sqrt(sum);
    }

    private static double SumOfSquares(ReadOnlySpan<T> values, double unit)
    {
        double even = 0;
        double odd = 0;
        int index = 0;
        for (; index + 1 < values.Length; index += 2)
        {
            double left = double.CreateTruncating(values[index]) * unit;
            double right = double.CreateTruncating(values[index + 1]) * unit;
            even += left * left;
            odd += right * right;
        }

        if (index < values.Length)
        {
            double last = double.CreateTruncating(values[index]) * unit;
            even += last * last;
        }

        return even + odd;
    }

    private static IEnumerable<(int Slot, int Start, int Count)> Cut(ParameterSlot<T>[] slots)
    {
        for (int slot = 0; slot < slots.Length; slot++)
        {
            for (int start = 0; start < slots[slot].Count; start += PieceLength)
                yield return (slot, start, Math.Min(PieceLength, slots[slot].Count - start));
        }
    }
}
