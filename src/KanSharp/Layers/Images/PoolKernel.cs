using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// Pooling of one channel: the rows of a window are joined first, register by register over the whole width, then the columns. The order
/// within a window is the same at every register width.
/// </summary>
internal static class PoolKernel<TOperation, T>
    where TOperation : struct, IPoolOperation
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Joins the elements of every window.</summary>
    /// <param name="width">Register width.</param>
    /// <param name="x">The channel, [D, H, W].</param>
    /// <param name="y">Receives one number for every window.</param>
    /// <param name="grid">The windows.</param>
    /// <param name="scratch">Room for one row of the input.</param>
    public static void Plane(SimdWidth width, ReadOnlySpan<T> x, Span<T> y, in PoolGrid grid, Span<T> scratch)
    {
        switch (width)
        {
            case SimdWidth.Bits512: Plane<Simd512<T>>(x, y, grid, scratch); break;
            case SimdWidth.Bits256: Plane<Simd256<T>>(x, y, grid, scratch); break;
            case SimdWidth.Bits128: Plane<Simd128<T>>(x, y, grid, scratch); break;
            default: Plane<SimdScalar<T>>(x, y, grid, scratch); break;
        }
    }

    private static void Plane<TV>(ReadOnlySpan<T> x, Span<T> y, in PoolGrid grid, Span<T> scratch)
        where TV : unmanaged, ISimd<TV, T>
    {
        TV even = Lanes<TV>(0);
        TV odd = Lanes<TV>(1);
        PoolAxis columns = grid.Width;
        int row = 0;
        for (int d = 0; d < grid.Depth.Output; d++)
        {
            (int front, int back) = grid.Depth.Bounds(d);
            for (int h = 0; h < grid.Height.Output; h++)
            {
                (int top, int bottom) = grid.Height.Bounds(h);
                ReadOnlySpan<T> first = x[((front * grid.Height.Input + top) * columns.Input)..];
                ReadOnlySpan<T> joined = first[..columns.Input];
                if ((back - front) * (bottom - top) > 1)
                {
                    Rows<TV>(first, back - front, bottom - top, grid.Height.Input * columns.Input, scratch[..columns.Input]);
                    joined = scratch[..columns.Input];
                }

                Span<T> target = y.Slice(row++ * columns.Output, columns.Output);
                if (columns.IsPairs && TV.PermutesFast)
                    Pairs(joined, target, even, odd);
                else if (columns.IsPairs)
                    Pairs(joined, target);
                else
                    Columns<TV>(joined, target, columns);
            }
        }
    }

    /// <summary>Joins rows element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rows<TV>(ReadOnlySpan<T> x, int depth, int rows, int plane, Span<T> target)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T result = ref MemoryMarshal.GetReference(target);
        int length = target.Length;
        int whole = length - length % TV.Count;
        int rest = length - whole;
        for (nint i = 0; i < whole; i += TV.Count)
        {
            TV total = TV.Load(in source, i);
            for (int d = 0; d < depth; d++)
            {
                for (int r = d == 0 ? 1 : 0; r < rows; r++)
                    total = TOperation.Combine<TV, T>(total, TV.Load(in source, i + d * plane + r * length));
            }

            TV.Store(total, ref result, i);
        }

        if (rest == 0)
            return;
        TV last = TV.LoadPartial(in source, whole, rest);
        for (int d = 0; d < depth; d++)
        {
            for (int r = d == 0 ? 1 : 0; r < rows; r++)
                last = TOperation.Combine<TV, T>(last, TV.LoadPartial(in source, whole + d * plane + r * length, rest));
        }

        TV.StorePartial(last, ref result, whole, rest);
    }

    private static void Columns<TV>(ReadOnlySpan<T> row, Span<T> y, in PoolAxis axis)
        where TV : unmanaged, ISimd<TV, T>
    {
        int window = 0;
        if (axis.Stride == 1)
        {
            for (; window < Math.Min(axis.Padding, y.Length); window++)
                y[window] = Window(row, axis.Bounds(window));
            window = Neighbours<TV>(row, y, axis, window);
        }

        for (; window < y.Length; window++)
            y[window] = Window(row, axis.Bounds(window));
    }

    /// <summary>Windows at distance 1, a register of them at a time, as long as all lie inside the row; returns the next one.</summary>
    private static int Neighbours<TV>(ReadOnlySpan<T> row, Span<T> y, in PoolAxis axis, int window)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T source = ref MemoryMarshal.GetReference(row);
        ref T result = ref MemoryMarshal.GetReference(y);
        int end = axis.Input - axis.Kernel + axis.Padding + 1;
        for (; window <= end - TV.Count; window += TV.Count)
        {
            TV total = TV.Load(in source, window - axis.Padding);
            for (int k = 1; k < axis.Kernel; k++)
                total = TOperation.Combine<TV, T>(total, TV.Load(in source, window - axis.Padding + k));
            TV.Store(total, ref result, window);
        }

        return window;
    }

    private static T Window(ReadOnlySpan<T> row, (int Start, int End) bounds)
    {
        T total = row[bounds.Start];
        for (int i = bounds.Start + 1; i < bounds.End; i++)
            total = Combine(total, row[i]);
        return total;
    }

    private static void Pairs(ReadOnlySpan<T> row, Span<T> y)
    {
        row = row[..(2 * y.Length)];
        for (int i = 0; i < y.Length; i++)
            y[i] = Combine(row[2 * i], row[2 * i + 1]);
    }

    private static void Pairs<TV>(ReadOnlySpan<T> row, Span<T> y, TV even, TV odd)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T source = ref MemoryMarshal.GetReference(row);
        ref T result = ref MemoryMarshal.GetReference(y);
        int whole = y.Length - y.Length % TV.Count;
        for (nint i = 0; i < whole; i += TV.Count)
        {
            TV low = TV.Load(in source, 2 * i);
            TV high = TV.Load(in source, 2 * i + TV.Count);
            TV.Store(TOperation.Combine<TV, T>(TV.Permute(low, high, even), TV.Permute(low, high, odd)), ref result, i);
        }

        int rest = y.Length - whole;
        if (rest == 0)
            return;
        TV left = TV.LoadPartial(in source, 2 * whole, Math.Min(2 * rest, TV.Count));
        TV right = 2 * rest > TV.Count ? TV.LoadPartial(in source, 2 * whole + TV.Count, 2 * rest - TV.Count) : TV.Zero;
        TV.StorePartial(TOperation.Combine<TV, T>(TV.Permute(left, right, even), TV.Permute(left, right, odd)), ref result, whole, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Combine(T left, T right) =>
        SimdScalar<T>.Sum(TOperation.Combine<SimdScalar<T>, T>(new SimdScalar<T>(left), new SimdScalar<T>(right)));

    /// <summary>Numbers of every second entry of two registers.</summary>
    private static TV Lanes<TV>(int first)
        where TV : unmanaged, ISimd<TV, T>
    {
        TV lanes = TV.Zero;
        ref T lane = ref Unsafe.As<TV, T>(ref lanes);
        for (int i = 0; i < TV.Count; i++)
            Unsafe.Add(ref lane, i) = LaneIndex.Of<T>(2 * i + first);
        return lanes;
    }
}
