using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// What the three sums of the global-basis path share: pinned operands, evaluation of a block of the basis into an operand of the matrix
/// product, and the walk of the product's kernel over a block of rows. Nothing of size (batch × features × functions) exists at any time.
/// </summary>
/// <remarks>
/// Work alternates between preparing shared operands and multiplying them; both are cut into pieces by the sizes alone, and every element
/// of a result is summed by one piece in a fixed order, so the bits do not depend on the number of threads.
/// </remarks>
internal abstract unsafe class GlobalWork<V, T> : ParallelWork
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Pieces to aim at, enough for a good balance on many processors.</summary>
    protected const int PiecesWanted = 16;

    /// <summary>Rows of a register tile.</summary>
    protected const int TileRows = MicroKernel<V, T>.Rows;

    private T* _x;
    private T* _multiplier;
    private int _order;

    protected static int PanelWidth => MicroKernel<V, T>.PanelWidth;

    protected GlobalBasis<T> Basis { get; private set; } = null!;

    protected GlobalWeights<V, T> Weights { get; private set; }

    protected int Rows { get; private set; }

    protected int Inputs { get; private set; }

    protected int Outputs { get; private set; }

    /// <summary>Functions per feature.</summary>
    protected int Count { get; private set; }

    /// <summary>The matrix with a row per sample and a column per output: values in the forward sum, gradients in the others.</summary>
    protected T* Y { get; private set; }

    /// <summary>Runs the sum with all arrays pinned.</summary>
    public void Run(in GlobalOperands<T> operands, Span<T> y, Executor executor)
    {
        Basis = operands.Basis;
        Count = operands.Basis.Count;
        (_order, Rows, Inputs, Outputs) = (operands.Order, operands.Rows, operands.Inputs, operands.Outputs);
        if (Rows == 0)
            return;
        fixed (T* x = operands.X.Span, multiplier = operands.Multiplier.Span, coefficients = operands.Coefficients.Span)
        fixed (T* scale = operands.Scale.Span, mask = operands.Mask.Span, pinned = y)
        {
            _x = x;
            _multiplier = multiplier;
            Y = pinned;
            Weights = new GlobalWeights<V, T> { Coefficients = coefficients, Scale = scale, Mask = mask, Count = Count, Outputs = Outputs };
            Run(executor);
        }
    }

    protected abstract void Run(Executor executor);

    /// <summary>Pieces of equal size, a whole number of units each.</summary>
    protected static int Share(int length, int parts, int unit) => ((length + parts - 1) / parts + unit - 1) / unit * unit;

    protected static int Pieces(int length, int size) => (length + size - 1) / size;

    /// <summary>Features whose functions make about <paramref name="rows"/> rows of the product, at least one.</summary>
    protected int FeaturesFor(int rows) => Math.Clamp(rows / Count, 1, Inputs);

    /// <summary>
    /// values[(f, j), n] = m·φ_j^(d) at row + n for <paramref name="rows"/> rows and some features. The stride is a multiple of the lanes
    /// and holds the rows; lanes up to the next whole register are filled too.
    /// </summary>
    protected void Evaluate(int row, int rows, int feature, int features, int stride, GlobalScratch<T> scratch, T* values)
    {
        T* points = scratch.Points.Take((nint)features * stride);
        MatrixPacking<V, T>.Columns(_x + ((nint)row * Inputs) + feature, Inputs, rows, features, stride, points);
        int length = MicroKernel<V, T>.Registers(rows) * V.Count;
        Basis.Evaluate<V>(new BasisBlock<T>(feature, features, length, _order, ref *points, stride, ref *values, stride));
        if (_multiplier is null)
            return;
        MatrixPacking<V, T>.Columns(_multiplier + ((nint)row * Inputs) + feature, Inputs, rows, features, stride, points);
        Multiply(points, features, length, stride, values);
    }

    /// <summary>Multiplies values by the multiplier, if there is one, and returns the points, both as in <see cref="Evaluate"/>.</summary>
    protected T* Weigh(int row, int rows, int feature, int features, int stride, GlobalScratch<T> scratch, T* values)
    {
        T* points = scratch.Points.Take((nint)features * stride);
        if (_multiplier is not null)
        {
            MatrixPacking<V, T>.Columns(_multiplier + ((nint)row * Inputs) + feature, Inputs, rows, features, stride, points);
            Multiply(points, features, stride, stride, values);
        }

        MatrixPacking<V, T>.Columns(_x + ((nint)row * Inputs) + feature, Inputs, rows, features, stride, points);
        return points;
    }

    /// <summary>target[rows × width] (+)= a[rows × depth]·b[depth × width], tile by tile; b is packed to whole registers.</summary>
    protected static void Product(
        int depth, T* a, nint aRow, nint aStep, int rows, T* b, nint bStep, int width, T* target, int leading, ProductMode mode) =>
        PanelProduct<V, T>.Run(depth, a, aRow, aStep, TileRows * aRow, rows, b, bStep, width, target, leading, mode);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(T* factors, int features, int length, int stride, T* values)
    {
        for (int f = 0; f < features; f++)
        {
            for (int j = 0; j < Count; j++)
            {
                for (int n = 0; n < length; n += V.Count)
                    V.Store(V.Load(ref *values, n) * V.Load(ref *factors, n), ref *values, n);
                values += stride;
            }

            factors += stride;
        }
    }
}
