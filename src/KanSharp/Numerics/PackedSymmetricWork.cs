using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>Product and update of a <see cref="PackedSymmetricMatrix{T}"/>; the kernel for one register width is a derived class.</summary>
internal abstract class PackedSymmetricWork<T> : ParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerPiece = 128;
    private const int MostPieces = 32;
    private readonly T[][] _sums;
    private readonly int _size;

    protected PackedSymmetricWork(T[] values, int size)
    {
        Values = values;
        _size = size;
        Pieces = Math.Clamp(size / RowsPerPiece, 1, MostPieces);
        _sums = new T[Pieces][];
        for (int piece = 0; piece < Pieces; piece++)
            _sums[piece] = new T[Bound(piece + 1)];
    }

    public int Pieces { get; }

    protected T[] Values { get; }

    protected RankTwoUpdate Update { get; private set; }

    protected T[] First { get; private set; } = [];

    protected T[] Second { get; private set; } = [];

    protected T[] X { get; private set; } = [];

    protected bool Updates { get; private set; }

    public void Set(RankTwoUpdate update, T[] first, T[] second, T[] x, bool updates) =>
        (Update, First, Second, X, Updates) = (update, first, second, x, updates);

    /// <summary>y = the sums of all pieces, in their order.</summary>
    public void AddUp(Span<T> y)
    {
        y.Clear();
        foreach (T[] sums in _sums)
        {
            for (int index = 0; index < sums.Length; index++)
                y[index] += sums[index];
        }
    }

    public override void Execute(int piece)
    {
        Array.Clear(_sums[piece]);
        Rows(Bound(piece), Bound(piece + 1), _sums[piece]);
    }

    /// <summary>Adds the products of some rows of the triangle, and of the columns that mirror them, to sums.</summary>
    protected abstract void Rows(int start, int end, T[] sums);

    /// <summary>First row of a piece: a multiple of 4, so that all pieces hold about as many elements.</summary>
    private int Bound(int piece) => piece == Pieces ? _size : (int)(_size * Math.Sqrt((double)piece / Pieces)) & ~3;
}

/// <summary>The kernel: four rows at a time, so that vectors are loaded once for them.</summary>
internal sealed unsafe class PackedSymmetricWork<TV, T>(T[] values, int size) : PackedSymmetricWork<T>(values, size)
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Rows(int start, int end, T[] sums)
    {
        fixed (T* values = Values, s = First, w = Second, x = X, y = sums)
        {
            int row = start;
            if (Updates)
            {
                for (; row + 3 < end; row += 4)
                    FourRows<One>(values, s, w, x, y, row);
                for (; row < end; row++)
                    OneRow(values, s, w, x, y, row, 0);
            }
            else
            {
                for (; row + 3 < end; row += 4)
                    FourRows<Zero>(values, s, w, x, y, row);
                for (; row < end; row++)
                    OneRow(values, s, w, x, y, row, 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourRows<TUpdates>(T* values, T* s, T* w, T* x, T* y, int row)
        where TUpdates : struct, IConstant
    {
        T* h0 = values + ((nint)row * (row + 1) / 2);
        T* h1 = h0 + row + 1;
        T* h2 = h1 + row + 2;
        T* h3 = h2 + row + 3;
        int full = row - (row % TV.Count);
        TV x0 = TV.Broadcast(x[row]), x1 = TV.Broadcast(x[row + 1]), x2 = TV.Broadcast(x[row + 2]), x3 = TV.Broadcast(x[row + 3]);
        TV c0 = TV.Zero, c1 = TV.Zero, c2 = TV.Zero, c3 = TV.Zero;
        TV scale = default, p0 = default, p1 = default, p2 = default, p3 = default, q0 = default, q1 = default, q2 = default, q3 = default;
        if (TUpdates.Value == 1)
        {
            scale = TV.Broadcast(T.CreateTruncating(Update.Scale));
            (p0, q0) = Factors(s[row], w[row]);
            (p1, q1) = Factors(s[row + 1], w[row + 1]);
            (p2, q2) = Factors(s[row + 2], w[row + 2]);
            (p3, q3) = Factors(s[row + 3], w[row + 3]);
        }

        for (int j = 0; j < full; j += TV.Count)
        {
            TV v0 = TV.Load(ref *h0, j), v1 = TV.Load(ref *h1, j), v2 = TV.Load(ref *h2, j), v3 = TV.Load(ref *h3, j);
            if (TUpdates.Value == 1)
            {
                TV first = TV.Load(ref *s, j), second = TV.Load(ref *w, j);
                v0 = TV.MultiplyAdd(p0, first, TV.MultiplyAdd(q0, second, v0 * scale));
                v1 = TV.MultiplyAdd(p1, first, TV.MultiplyAdd(q1, second, v1 * scale));
                v2 = TV.MultiplyAdd(p2, first, TV.MultiplyAdd(q2, second, v2 * scale));
                v3 = TV.MultiplyAdd(p3, first, TV.MultiplyAdd(q3, second, v3 * scale));
                TV.Store(v0, ref *h0, j);
                TV.Store(v1, ref *h1, j);
                TV.Store(v2, ref *h2, j);
                TV.Store(v3, ref *h3, j);
            }

            TV column = TV.Load(ref *x, j);
            c0 = TV.MultiplyAdd(v0, column, c0);
            c1 = TV.MultiplyAdd(v1, column, c1);
            c2 = TV.MultiplyAdd(v2, column, c2);
            c3 = TV.MultiplyAdd(v3, column, c3);
            TV sum = TV.MultiplyAdd(v1, x1, TV.MultiplyAdd(v0, x0, TV.Load(ref *y, j)));
            TV.Store(TV.MultiplyAdd(v3, x3, TV.MultiplyAdd(v2, x2, sum)), ref *y, j);
        }

        y[row] += TV.Sum(c0);
        y[row + 1] += TV.Sum(c1);
        y[row + 2] += TV.Sum(c2);
        y[row + 3] += TV.Sum(c3);
        for (int last = row; last < row + 4; last++)
            OneRow(values, s, w, x, y, last, full);
    }

    /// <summary>The columns of a row from <paramref name="start"/> to the diagonal.</summary>
    private void OneRow(T* values, T* s, T* w, T* x, T* y, int row, int start)
    {
        T* h = values + ((nint)row * (row + 1) / 2);
        if (Updates)
        {
            T scale = T.CreateTruncating(Update.Scale);
            (T p, T q) = Scalars(s[row], w[row]);
            for (int j = start; j <= row; j++)
                h[j] = h[j] * scale + (p * s[j] + q * w[j]);
        }

        T sum = h[row] * x[row];
        for (int j = start; j < row; j++)
        {
            sum += h[j] * x[j];
            y[j] += h[j] * x[row];
        }

        y[row] += sum;
    }

    private (TV First, TV Second) Factors(T s, T w)
    {
        (T p, T q) = Scalars(s, w);
        return (TV.Broadcast(p), TV.Broadcast(q));
    }

    /// <summary>What multiplies s and w in the row of these elements.</summary>
    private (T First, T Second) Scalars(T s, T w)
    {
        double a = double.CreateTruncating(s), b = double.CreateTruncating(w);
        return (T.CreateTruncating(Update.FirstFirst * a + Update.FirstSecond * b), T.CreateTruncating(Update.FirstSecond * a + Update.SecondSecond * b));
    }
}
