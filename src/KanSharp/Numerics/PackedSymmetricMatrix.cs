using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// A dense symmetric matrix of which the lower triangle is kept, row after row: half the memory, and half the bytes that a product or an update
/// moves. Rows are cut into pieces by the size of the matrix alone and the pieces' sums are added in order, so results do not depend on the threads.
/// </summary>
internal sealed class PackedSymmetricMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest size whose triangle is one array.</summary>
    public const int MaxSize = 65000;

    private readonly T[] _values;
    private readonly PackedSymmetricWork<T> _work;
    private readonly Executor _executor;

    public PackedSymmetricMatrix(int size, Executor executor)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        Size = size;
        _executor = executor;
        _values = GC.AllocateUninitializedArray<T>((int)((long)size * (size + 1) / 2));
        _work = executor.Width switch
        {
            SimdWidth.Bits512 => new PackedSymmetricWork<Simd512<T>, T>(_values, size),
            SimdWidth.Bits256 => new PackedSymmetricWork<Simd256<T>, T>(_values, size),
            SimdWidth.Bits128 => new PackedSymmetricWork<Simd128<T>, T>(_values, size),
            _ => new PackedSymmetricWork<SimdScalar<T>, T>(_values, size),
        };
    }

    public int Size { get; }

    /// <summary>The lower triangle: row i has i + 1 elements.</summary>
    public Span<T> Values => _values;

    /// <summary>An element, from either triangle.</summary>
    public ref T this[int row, int column]
    {
        get
        {
            long last = Math.Max(row, column);
            return ref _values[(last * (last + 1) / 2) + Math.Min(row, column)];
        }
    }

    /// <summary>Makes this a multiple of the identity.</summary>
    public void SetIdentity(T scale)
    {
        Array.Clear(_values);
        for (int row = 0; row < Size; row++)
            _values[((long)row * (row + 1) / 2) + row] = scale;
    }

    /// <summary>y = M·x.</summary>
    public void Multiply(T[] x, T[] y) => Run(default, [], [], x, y, updates: false);

    /// <summary>Changes the matrix and multiplies with the changed one, y = M·x, in one pass over it.</summary>
    public void UpdateAndMultiply(RankTwoUpdate update, T[] first, T[] second, T[] x, T[] y) => Run(update, first, second, x, y, updates: true);

    private void Run(RankTwoUpdate update, T[] first, T[] second, T[] x, T[] y, bool updates)
    {
        _work.Set(update, first, second, x, updates);
        _executor.Run(_work, _work.Pieces);
        _work.AddUp(y);
    }
}
