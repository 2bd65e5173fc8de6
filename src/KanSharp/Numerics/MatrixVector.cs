using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>
/// Matrix times vector, y = M·x with y stored at a stride: the products where one factor is a single row or column and packing would
/// cost more than the product itself.
/// </summary>
internal sealed unsafe class MatrixVector<TV, T> : ParallelWork
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int OutputsPerPiece = 256;
    private const int InlineOperations = 1 << 16;

    private T* _matrix;
    private T* _x;
    private T* _y;
    private int _leading;
    private bool _transposed;
    private int _stride;
    private int _outputs;
    private int _length;
    private ProductMode _mode;

    /// <summary>y = M·x: x is op(x) [1 × length], M is op(M) [outputs × length], y has one result every stride elements.</summary>
    public static void Run(
        MatrixOperand<T> x, MatrixOperand<T> matrix, Span<T> y, int stride, int outputs, int length, ProductMode mode, Executor executor)
    {
        T[]? copy = null;
        if (x.Transposed && x.Leading > 1)
        {
            copy = ArrayPool<T>.Shared.Rent(length);
            for (int p = 0; p < length; p++)
                copy[p] = x.Values[p * x.Leading];
        }

        MatrixVector<TV, T> work = WorkCache<MatrixVector<TV, T>>.Rent();
        fixed (T* pm = matrix.Values, px = copy is null ? x.Values : copy.AsSpan(), py = y)
        {
            work._matrix = pm;
            work._x = px;
            work._y = py;
            (work._leading, work._transposed, work._stride) = (matrix.Leading, matrix.Transposed, stride);
            (work._outputs, work._length, work._mode) = (outputs, length, mode);
            int pieces = (outputs + OutputsPerPiece - 1) / OutputsPerPiece;
            if ((long)outputs * length > InlineOperations)
            {
                executor.Run(work, pieces);
            }
            else
            {
                for (int piece = 0; piece < pieces; piece++)
                    work.Execute(piece);
            }
        }

        WorkCache<MatrixVector<TV, T>>.Return(work);
        if (copy is not null)
            ArrayPool<T>.Shared.Return(copy);
    }

    public override void Execute(int piece)
    {
        int start = piece * OutputsPerPiece;
        int end = Math.Min(_outputs, start + OutputsPerPiece);
        if (_transposed)
            Combine(start, end);
        else
            Dots(start, end);
    }

    /// <summary>M is stored by rows: one dot product a row, four rows at a time so that x is loaded once for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dots(int start, int end)
    {
        T* x = _x;
        int full = _length - (_length % TV.Count);
        for (int row = start; row < end; row += 4)
        {
            int last = end - 1;
            T* m0 = _matrix + ((nint)row * _leading);
            T* m1 = _matrix + ((nint)Math.Min(row + 1, last) * _leading);
            T* m2 = _matrix + ((nint)Math.Min(row + 2, last) * _leading);
            T* m3 = _matrix + ((nint)Math.Min(row + 3, last) * _leading);
            TV c0 = TV.Zero, c1 = TV.Zero, c2 = TV.Zero, c3 = TV.Zero;
            for (int p = 0; p < full; p += TV.Count)
            {
                TV v = TV.Load(ref *x, p);
                c0 = TV.MultiplyAdd(TV.Load(ref *m0, p), v, c0);
                c1 = TV.MultiplyAdd(TV.Load(ref *m1, p), v, c1);
                c2 = TV.MultiplyAdd(TV.Load(ref *m2, p), v, c2);
                c3 = TV.MultiplyAdd(TV.Load(ref *m3, p), v, c3);
            }

            T s0 = TV.Sum(c0), s1 = TV.Sum(c1), s2 = TV.Sum(c2), s3 = TV.Sum(c3);
            for (int p = full; p < _length; p++)
            {
                s0 += m0[p] * x[p];
                s1 += m1[p] * x[p];
                s2 += m2[p] * x[p];
                s3 += m3[p] * x[p];
            }

            Put(row, s0);
            if (row + 1 < end)
                Put(row + 1, s1);
            if (row + 2 < end)
                Put(row + 2, s2);
            if (row + 3 < end)
                Put(row + 3, s3);
        }
    }

    /// <summary>M is stored by columns: y is a combination of contiguous stored rows, four registers of y at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Combine(int start, int end)
    {
        T* x = _x;
        T* sums = stackalloc T[4 * TV.Count];
        int width = TV.Count;
        int j = start;
        for (; j <= end - (4 * width); j += 4 * width)
        {
            T* m = _matrix + j;
            TV c0 = TV.Zero, c1 = TV.Zero, c2 = TV.Zero, c3 = TV.Zero;
            for (int p = 0; p < _length; p++, m += _leading)
            {
                TV v = TV.Broadcast(x[p]);
                c0 = TV.MultiplyAdd(TV.Load(ref *m, 0), v, c0);
                c1 = TV.MultiplyAdd(TV.Load(ref *m, width), v, c1);
                c2 = TV.MultiplyAdd(TV.Load(ref *m, 2 * width), v, c2);
                c3 = TV.MultiplyAdd(TV.Load(ref *m, 3 * width), v, c3);
            }

            TV.Store(c0, ref *sums, 0);
            TV.Store(c1, ref *sums, width);
            TV.Store(c2, ref *sums, 2 * width);
            TV.Store(c3, ref *sums, 3 * width);
            for (int lane = 0; lane < 4 * width; lane++)
                Put(j + lane, sums[lane]);
        }

        for (; j <= end - width; j += width)
        {
            T* m = _matrix + j;
            TV c = TV.Zero;
            for (int p = 0; p < _length; p++, m += _leading)
                c = TV.MultiplyAdd(TV.Load(ref *m, 0), TV.Broadcast(x[p]), c);
            TV.Store(c, ref *sums, 0);
            for (int lane = 0; lane < width; lane++)
                Put(j + lane, sums[lane]);
        }

        for (; j < end; j++)
        {
            T* m = _matrix + j;
            T sum = T.Zero;
            for (int p = 0; p < _length; p++, m += _leading)
                sum = T.MultiplyAddEstimate(*m, x[p], sum);
            Put(j, sum);
        }
    }

    private void Put(int output, T value)
    {
        T* target = _y + ((nint)output * _stride);
        *target = _mode switch
        {
            ProductMode.Assign => value,
            ProductMode.Add => *target + value,
            _ => *target - value,
        };
    }
}
