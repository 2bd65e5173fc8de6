using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The gradients of a wavelet layer. A piece owns some inputs and goes over all rows and outputs, so that the gradients of their edges and points are its own. With
/// F = W·v^d·ψ⁽ᵈ⁾(u), u = (x − τ)·v: ∂F/∂x = W·v^(d+1)·ψ⁽ᵈ⁺¹⁾ = −∂F/∂τ, and ∂F/∂v = W·v^(d−1)·(d·ψ⁽ᵈ⁾ + u·ψ⁽ᵈ⁺¹⁾).
/// </summary>
internal sealed unsafe class WaveletBackward<V, T> : WaveletWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostOutputs = 512;
    private const int MostRows = 128;
    private T* _gradient;
    private T* _weights;
    private T* _translation;
    private T* _inverse;
    private T* _x;
    private T* _multiplier;
    private int _inputsPerPiece;

    /// <summary>Writes and adds the gradients, given that of y.</summary>
    public void Run(in WaveletOperands<T> operands, ReadOnlySpan<T> gradient, in WaveletGradients<T> targets, Executor executor)
    {
        fixed (T* pinned = gradient, weights = targets.Weights.Span, translation = targets.Translation.Span, inverse = targets.Inverse.Span)
        fixed (T* x = targets.X.Span, multiplier = targets.Multiplier.Span)
        {
            _gradient = pinned;
            _weights = weights;
            _translation = translation;
            _inverse = inverse;
            _x = x;
            _multiplier = multiplier;
            Pin(operands, executor);
        }
    }

    protected override void Run(Executor executor)
    {
        _inputsPerPiece = Math.Max(1, Operands.Inputs / PiecesWanted);
        executor.Run(this, Pieces(Operands.Inputs, _inputsPerPiece));
    }

    public override void Execute(int piece)
    {
        int first = piece * _inputsPerPiece, last = Math.Min(Operands.Inputs, first + _inputsPerPiece);
        int outputs = Operands.Outputs, rowBlock = Math.Min(Operands.Rows, MostRows), block = Math.Min(outputs, MostOutputs);
        GlobalScratch<T> scratch = WorkCache<GlobalScratch<T>>.Rent();
        T* sums = scratch.Products.Take(3 * (nint)block), points = scratch.Points.Take((nint)rowBlock * V.Count);
        T* multipliers = _multiplier is null ? null : scratch.Values.Take((nint)rowBlock * V.Count);
        for (int input = first; input < last; input++)
        {
            for (int output = 0; output < outputs; output += block)
            {
                int width = Math.Min(block, outputs - output);
                new Span<T>(sums, 3 * block).Clear();
                for (int row = 0; row < Operands.Rows; row += rowBlock)
                {
                    int rows = Math.Min(rowBlock, Operands.Rows - row);
                    new Span<T>(points, rows * V.Count).Clear();
                    if (multipliers is not null)
                        new Span<T>(multipliers, rows * V.Count).Clear();
                    WaveletTile<T> tile = TileOf(input, row, rows, output, width);
                    tile.Y = _gradient + ((nint)row * outputs) + output;
                    tile.ValueSums = sums;
                    tile.SlopeSums = sums + block;
                    tile.ArgumentSums = sums + (2 * block);
                    tile.PointSums = points;
                    tile.MultiplierSums = multipliers;
                    Operands.Wavelet.Backward<V>(tile);
                    AddRows(points, _x, input, row, rows);
                    AddRows(multipliers, _multiplier, input, row, rows);
                }

                Finish(input, output, width, sums, block);
            }
        }

        WorkCache<GlobalScratch<T>>.Return(scratch);
    }

    /// <summary>Adds the sums of the rows' registers to a target, if there is one.</summary>
    private void AddRows(T* registers, T* target, int input, int row, int rows)
    {
        if (target is null)
            return;
        for (int n = 0; n < rows; n++)
            target[((nint)(row + n) * Operands.Inputs) + input] += V.Sum(V.Load(ref *registers, n * V.Count));
    }

    /// <summary>From the sums to the gradients of the edges.</summary>
    private void Finish(int input, int output, int width, T* sums, int block)
    {
        nint edge = ((nint)input * Operands.Outputs) + output;
        T order = T.CreateTruncating(Operands.Order);
        for (int o = 0; o < width; o++)
        {
            T weight = W[edge + o], v = Inverse[edge + o];
            if (_weights is not null)
                _weights[edge + o] = sums[o];
            if (_translation is not null)
                _translation[edge + o] = -(sums[block + o] * weight * v);
            if (_inverse is not null)
                _inverse[edge + o] = weight * (order * sums[o] + sums[(2 * block) + o]) / v;
        }
    }
}
