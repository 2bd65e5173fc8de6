using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// B-splines with their zeros written out: what a layer costs that does not use the local support. It is the yardstick of the local
/// kernels, and it agrees with them, since the values come from the same table.
/// </summary>
internal sealed class DenseSplineBasis<T>(LocalBasisTable<T> table) : GlobalBasis<T>(table.Count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The functions in compiled form.</summary>
    public LocalBasisTable<T> Table => table;

    private const int Chunk = 64;
    private const int LargestStride = 16;

    /// <inheritdoc/>
    public override void Evaluate<V>(in BasisBlock<T> block)
    {
        if (DenseSplineLanes<T>.CanServe<V>(table))
        {
            DenseSplineLanes<T> lanes = WorkCache<DenseSplineLanes<T>>.Rent();
            lanes.Evaluate<V>(table, block);
            WorkCache<DenseSplineLanes<T>>.Return(lanes);
            return;
        }

        Scatter<V>(block);
    }

    /// <summary>Point by point, for tables that do not fit into registers.</summary>
    [SkipLocalsInit]
    private void Scatter<V>(in BasisBlock<T> block)
        where V : unmanaged, ISimd<V, T>
    {
        Span<int> first = stackalloc int[Chunk];
        Span<T> active = stackalloc T[Chunk * LargestStride];
        for (int feature = 0; feature < block.Features; feature++)
        {
            ref T points = ref Unsafe.Add(ref block.Points, (nint)feature * block.PointStride);
            ref T values = ref Unsafe.Add(ref block.Values, (nint)feature * Count * block.ValueStride);
            for (int j = 0; j < Count; j++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref values, (nint)j * block.ValueStride), block.Length).Clear();
            for (int n = 0; n < block.Length; n += Chunk)
            {
                int length = Math.Min(Chunk, block.Length - n);
                ReadOnlySpan<T> x = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref points, n), length);
                table.Evaluate(x, block.Feature + feature, 1, block.Order, first, active, SimdWidths.Of<V, T>());
                Scatter(first, active, length, ref Unsafe.Add(ref values, n), block.ValueStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(ReadOnlySpan<int> first, ReadOnlySpan<T> active, int length, ref T values, int stride)
    {
        int degree = table.Degree, step = table.Stride;
        ref T source = ref MemoryMarshal.GetReference(active);
        for (int n = 0; n < length; n++)
        {
            ref T target = ref Unsafe.Add(ref values, ((nint)first[n] * stride) + n);
            for (int r = 0; r <= degree; r++)
            {
                target = Unsafe.Add(ref source, (n * step) + r);
                target = ref Unsafe.Add(ref target, stride);
            }
        }
    }
}
