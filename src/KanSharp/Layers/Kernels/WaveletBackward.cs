using System.Numerics;
using System.Runtime.CompilerServices;
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
        int outputs = Operands.Outputs, block = Math.Min(outputs, MostOutputs), tileRows = Math.Clamp(Tile / block, 1, Operands.Rows);
        int length = (tileRows * block) + V.Count;
        GlobalScratch<T> scratch = WorkCache<GlobalScratch<T>>.Rent();
        T* u = scratch.Points.Take(length), values = scratch.Values.Take(2 * (nint)length), sums = scratch.Products.Take(3 * (nint)(block + V.Count));
        for (int input = first; input < last; input++)
        {
            for (int output = 0; output < outputs; output += block)
            {
                int width = Math.Min(block, outputs - output);
                new Span<T>(sums, 3 * block).Clear();
                for (int row = 0; row < Operands.Rows; row += tileRows)
                {
                    int rows = Math.Min(tileRows, Operands.Rows - row);
                    int count = Arguments(input, row, rows, output, width, u);
                    Operands.Wavelet.Evaluate<V>(Operands.Order, ref *u, ref *values, ref values[length], count);
                    for (int n = 0; n < rows; n++)
                        Row(input, row + n, output, width, u + (n * width), values + (n * width), values + length + (n * width), sums, block);
                }

                Finish(input, output, width, sums, block);
            }
        }

        WorkCache<GlobalScratch<T>>.Return(scratch);
    }

    /// <summary>Adds what a row gives: to sums of g·m·v^d·ψ⁽ᵈ⁾, of g·m·v^d·ψ⁽ᵈ⁺¹⁾ and of g·m·v^d·u·ψ⁽ᵈ⁺¹⁾, and to its own gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(int input, int row, int output, int width, T* u, T* values, T* slopes, T* sums, int block)
    {
        nint edge = ((nint)input * Operands.Outputs) + output, point = ((nint)row * Operands.Inputs) + input;
        T* g = _gradient + ((nint)row * Operands.Outputs) + output;
        T* weights = W + edge;
        T* inverse = Inverse + edge;
        bool steep = Operands.Order == 1;
        T factor = Multiplier is null ? T.One : Multiplier[point];
        V along = V.Broadcast(factor), dx = V.Zero, dm = V.Zero;
        int o = 0;
        for (; o <= width - V.Count; o += V.Count)
        {
            V upstream = V.Load(ref *g, o), v = V.Load(ref *inverse, o), weight = V.Load(ref *weights, o), value = V.Load(ref *values, o);
            if (steep)
                upstream *= v;
            V weighed = upstream * along, slope = weighed * V.Load(ref *slopes, o);
            V.Store(V.MultiplyAdd(weighed, value, V.Load(ref *sums, o)), ref *sums, o);
            V.Store(V.Load(ref *sums, block + o) + slope, ref *sums, block + o);
            V.Store(V.MultiplyAdd(slope, V.Load(ref *u, o), V.Load(ref *sums, (2 * block) + o)), ref *sums, (2 * block) + o);
            dx = V.MultiplyAdd(slope * v, weight, dx);
            dm = V.MultiplyAdd(upstream * value, weight, dm);
        }

        T sumX = V.Sum(dx), sumM = V.Sum(dm);
        for (; o < width; o++)
        {
            T upstream = steep ? g[o] * inverse[o] : g[o], weighed = upstream * factor, slope = weighed * slopes[o];
            sums[o] += weighed * values[o];
            sums[block + o] += slope;
            sums[(2 * block) + o] += slope * u[o];
            sumX += slope * inverse[o] * weights[o];
            sumM += upstream * values[o] * weights[o];
        }

        if (_x is not null)
            _x[point] += sumX;
        if (_multiplier is not null)
            _multiplier[point] += sumM;
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
