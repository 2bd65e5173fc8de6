using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>The narrower tiles, for what is left of a row after whole panels and for registers of which there are only sixteen.</summary>
internal static partial class MicroKernel<TV, T>
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Tile of 6 × 3 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run3(int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile, nint tileRow, bool add)
    {
        int last = rows - 1;
        ref T a1 = ref Unsafe.Add(ref a, Math.Min(1, last) * aRow);
        ref T a2 = ref Unsafe.Add(ref a, Math.Min(2, last) * aRow);
        ref T a3 = ref Unsafe.Add(ref a, Math.Min(3, last) * aRow);
        ref T a4 = ref Unsafe.Add(ref a, Math.Min(4, last) * aRow);
        ref T a5 = ref Unsafe.Add(ref a, Math.Min(5, last) * aRow);
        nint width = TV.Count;
        TV c00 = TV.Zero, c01 = TV.Zero, c02 = TV.Zero;
        TV c10 = TV.Zero, c11 = TV.Zero, c12 = TV.Zero;
        TV c20 = TV.Zero, c21 = TV.Zero, c22 = TV.Zero;
        TV c30 = TV.Zero, c31 = TV.Zero, c32 = TV.Zero;
        TV c40 = TV.Zero, c41 = TV.Zero, c42 = TV.Zero;
        TV c50 = TV.Zero, c51 = TV.Zero, c52 = TV.Zero;
        nint at = 0;
        for (int p = 0; p < depth; p++)
        {
            TV b0 = TV.Load(ref b, 0);
            TV b1 = TV.Load(ref b, width);
            TV b2 = TV.Load(ref b, 2 * width);
            TV x = TV.Broadcast(Unsafe.Add(ref a, at));
            c00 = TV.MultiplyAdd(x, b0, c00);
            c01 = TV.MultiplyAdd(x, b1, c01);
            c02 = TV.MultiplyAdd(x, b2, c02);
            x = TV.Broadcast(Unsafe.Add(ref a1, at));
            c10 = TV.MultiplyAdd(x, b0, c10);
            c11 = TV.MultiplyAdd(x, b1, c11);
            c12 = TV.MultiplyAdd(x, b2, c12);
            x = TV.Broadcast(Unsafe.Add(ref a2, at));
            c20 = TV.MultiplyAdd(x, b0, c20);
            c21 = TV.MultiplyAdd(x, b1, c21);
            c22 = TV.MultiplyAdd(x, b2, c22);
            x = TV.Broadcast(Unsafe.Add(ref a3, at));
            c30 = TV.MultiplyAdd(x, b0, c30);
            c31 = TV.MultiplyAdd(x, b1, c31);
            c32 = TV.MultiplyAdd(x, b2, c32);
            x = TV.Broadcast(Unsafe.Add(ref a4, at));
            c40 = TV.MultiplyAdd(x, b0, c40);
            c41 = TV.MultiplyAdd(x, b1, c41);
            c42 = TV.MultiplyAdd(x, b2, c42);
            x = TV.Broadcast(Unsafe.Add(ref a5, at));
            c50 = TV.MultiplyAdd(x, b0, c50);
            c51 = TV.MultiplyAdd(x, b1, c51);
            c52 = TV.MultiplyAdd(x, b2, c52);
            at += aStep;
            b = ref Unsafe.Add(ref b, bStep);
        }

        Put(c00, c01, c02, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c10, c11, c12, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c20, c21, c22, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c30, c31, c32, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c40, c41, c42, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c50, c51, c52, ref tile, add);
    }

    /// <summary>Tile of 6 × 2 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run2(int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile, nint tileRow, bool add)
    {
        int last = rows - 1;
        ref T a1 = ref Unsafe.Add(ref a, Math.Min(1, last) * aRow);
        ref T a2 = ref Unsafe.Add(ref a, Math.Min(2, last) * aRow);
        ref T a3 = ref Unsafe.Add(ref a, Math.Min(3, last) * aRow);
        ref T a4 = ref Unsafe.Add(ref a, Math.Min(4, last) * aRow);
        ref T a5 = ref Unsafe.Add(ref a, Math.Min(5, last) * aRow);
        nint width = TV.Count;
        TV c00 = TV.Zero, c01 = TV.Zero;
        TV c10 = TV.Zero, c11 = TV.Zero;
        TV c20 = TV.Zero, c21 = TV.Zero;
        TV c30 = TV.Zero, c31 = TV.Zero;
        TV c40 = TV.Zero, c41 = TV.Zero;
        TV c50 = TV.Zero, c51 = TV.Zero;
        nint at = 0;
        for (int p = 0; p < depth; p++)
        {
            TV b0 = TV.Load(ref b, 0);
            TV b1 = TV.Load(ref b, width);
            TV x = TV.Broadcast(Unsafe.Add(ref a, at));
            c00 = TV.MultiplyAdd(x, b0, c00);
            c01 = TV.MultiplyAdd(x, b1, c01);
            x = TV.Broadcast(Unsafe.Add(ref a1, at));
            c10 = TV.MultiplyAdd(x, b0, c10);
            c11 = TV.MultiplyAdd(x, b1, c11);
            x = TV.Broadcast(Unsafe.Add(ref a2, at));
            c20 = TV.MultiplyAdd(x, b0, c20);
            c21 = TV.MultiplyAdd(x, b1, c21);
            x = TV.Broadcast(Unsafe.Add(ref a3, at));
            c30 = TV.MultiplyAdd(x, b0, c30);
            c31 = TV.MultiplyAdd(x, b1, c31);
            x = TV.Broadcast(Unsafe.Add(ref a4, at));
            c40 = TV.MultiplyAdd(x, b0, c40);
            c41 = TV.MultiplyAdd(x, b1, c41);
            x = TV.Broadcast(Unsafe.Add(ref a5, at));
            c50 = TV.MultiplyAdd(x, b0, c50);
            c51 = TV.MultiplyAdd(x, b1, c51);
            at += aStep;
            b = ref Unsafe.Add(ref b, bStep);
        }

        Put(c00, c01, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c10, c11, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c20, c21, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c30, c31, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c40, c41, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c50, c51, ref tile, add);
    }

    /// <summary>Tile of 6 × 1 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run1(int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile, nint tileRow, bool add)
    {
        int last = rows - 1;
        ref T a1 = ref Unsafe.Add(ref a, Math.Min(1, last) * aRow);
        ref T a2 = ref Unsafe.Add(ref a, Math.Min(2, last) * aRow);
        ref T a3 = ref Unsafe.Add(ref a, Math.Min(3, last) * aRow);
        ref T a4 = ref Unsafe.Add(ref a, Math.Min(4, last) * aRow);
        ref T a5 = ref Unsafe.Add(ref a, Math.Min(5, last) * aRow);
        TV c00 = TV.Zero;
        TV c10 = TV.Zero;
        TV c20 = TV.Zero;
        TV c30 = TV.Zero;
        TV c40 = TV.Zero;
        TV c50 = TV.Zero;
        nint at = 0;
        for (int p = 0; p < depth; p++)
        {
            TV b0 = TV.Load(ref b, 0);
            TV x = TV.Broadcast(Unsafe.Add(ref a, at));
            c00 = TV.MultiplyAdd(x, b0, c00);
            x = TV.Broadcast(Unsafe.Add(ref a1, at));
            c10 = TV.MultiplyAdd(x, b0, c10);
            x = TV.Broadcast(Unsafe.Add(ref a2, at));
            c20 = TV.MultiplyAdd(x, b0, c20);
            x = TV.Broadcast(Unsafe.Add(ref a3, at));
            c30 = TV.MultiplyAdd(x, b0, c30);
            x = TV.Broadcast(Unsafe.Add(ref a4, at));
            c40 = TV.MultiplyAdd(x, b0, c40);
            x = TV.Broadcast(Unsafe.Add(ref a5, at));
            c50 = TV.MultiplyAdd(x, b0, c50);
            at += aStep;
            b = ref Unsafe.Add(ref b, bStep);
        }

        Put(c00, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c10, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c20, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c30, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c40, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c50, ref tile, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TV c0, TV c1, TV c2, TV c3, ref T target, bool add)
    {
        if (add)
        {
            c0 = TV.Load(ref target, 0) + c0;
            c1 = TV.Load(ref target, TV.Count) + c1;
            c2 = TV.Load(ref target, 2 * TV.Count) + c2;
            c3 = TV.Load(ref target, 3 * TV.Count) + c3;
        }

        TV.Store(c0, ref target, 0);
        TV.Store(c1, ref target, TV.Count);
        TV.Store(c2, ref target, 2 * TV.Count);
        TV.Store(c3, ref target, 3 * TV.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TV c0, TV c1, TV c2, ref T target, bool add)
    {
        if (add)
        {
            c0 = TV.Load(ref target, 0) + c0;
            c1 = TV.Load(ref target, TV.Count) + c1;
            c2 = TV.Load(ref target, 2 * TV.Count) + c2;
        }

        TV.Store(c0, ref target, 0);
        TV.Store(c1, ref target, TV.Count);
        TV.Store(c2, ref target, 2 * TV.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TV c0, TV c1, ref T target, bool add)
    {
        if (add)
        {
            c0 = TV.Load(ref target, 0) + c0;
            c1 = TV.Load(ref target, TV.Count) + c1;
        }

        TV.Store(c0, ref target, 0);
        TV.Store(c1, ref target, TV.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TV c0, ref T target, bool add)
    {
        TV.Store(add ? TV.Load(ref target, 0) + c0 : c0, ref target, 0);
    }
}
