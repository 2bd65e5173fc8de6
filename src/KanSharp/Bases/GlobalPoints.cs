using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>A global family seen point by point: the window is all of its functions.</summary>
internal sealed class GlobalPoints<T>(GlobalBasis<T> basis, int features) : IPointBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 64;

    /// <summary>The family.</summary>
    public GlobalBasis<T> Basis => basis;

    public int Features => features;

    public int Count => basis.Count;

    public int Degree => basis.Count - 1;

    /// <summary>Loops over a window take at least two functions.</summary>
    public int Stride => Math.Max(2, basis.Count);

    public void Evaluate(ReadOnlySpan<T> x, int featureStart, int featureCount, int order, Span<int> first, Span<T> values, SimdWidth width)
    {
        if (x.Length % featureCount != 0 || featureStart + featureCount > features || first.Length < x.Length || values.Length < x.Length * Stride)
            throw new ArgumentException($"A block of {x.Length} points in {featureCount} columns does not fit its targets of {first.Length} and {values.Length}.", nameof(x));
        first[..x.Length].Clear();
        values[..(x.Length * Stride)].Clear();
        switch (width)
        {
            case SimdWidth.Bits512: Evaluate<Simd512<T>>(x, featureStart, featureCount, order, values); break;
            case SimdWidth.Bits256: Evaluate<Simd256<T>>(x, featureStart, featureCount, order, values); break;
            case SimdWidth.Bits128: Evaluate<Simd128<T>>(x, featureStart, featureCount, order, values); break;
            default: Evaluate<SimdScalar<T>>(x, featureStart, featureCount, order, values); break;
        }
    }

    private void Evaluate<V>(ReadOnlySpan<T> x, int featureStart, int featureCount, int order, Span<T> values)
        where V : unmanaged, ISimd<V, T>
    {
        int rows = x.Length / featureCount, count = basis.Count, stride = Stride;
        Span<T> points = stackalloc T[Chunk];
        Rows rented = WorkCache<Rows>.Rent();
        T[] lanes = rented.Take(count * Chunk);
        for (int feature = 0; feature < featureCount; feature++)
        {
            for (int row = 0; row < rows; row += Chunk)
            {
                int length = Math.Min(Chunk, rows - row);
                for (int n = 0; n < length; n++)
                    points[n] = x[(row + n) * featureCount + feature];
                points[length..].Clear();
                int padded = (length + V.Count - 1) / V.Count * V.Count;
                basis.Evaluate<V>(new BasisBlock<T>(
                    featureStart + feature, 1, padded, order, ref MemoryMarshal.GetReference(points), Chunk, ref MemoryMarshal.GetArrayDataReference(lanes), Chunk));
                for (int n = 0; n < length; n++)
                {
                    Span<T> target = values.Slice(((row + n) * featureCount + feature) * stride, count);
                    for (int j = 0; j < count; j++)
                        target[j] = lanes[j * Chunk + n];
                }
            }
        }

        WorkCache<Rows>.Return(rented);
    }

    /// <summary>A thread's room for the functions of a chunk of points.</summary>
    private sealed class Rows
    {
        private T[] _values = [];

        public T[] Take(int length) => _values = _values.Length >= length ? _values : GC.AllocateUninitializedArray<T>(length);
    }
}
