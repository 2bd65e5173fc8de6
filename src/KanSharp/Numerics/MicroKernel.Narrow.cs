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
    public static void Run3(int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile)
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

        TV.Store(c00, ref tile, 0);
        TV.Store(c01, ref tile, width);
        TV.Store(c02, ref tile, 2 * width);
        TV.Store(c10, ref tile, 3 * width);
        TV.Store(c11, ref tile, 4 * width);
        TV.Store(c12, ref tile, 5 * width);
        TV.Store(c20, ref tile, 6 * width);
        TV.Store(c21, ref tile, 7 * width);
        TV.Store(c22, ref tile, 8 * width);
        TV.Store(c30, ref tile, 9 * width);
        TV.Store(c31, ref tile, 10 * width);
        TV.Store(c32, ref tile, 11 * width);
        TV.Store(c40, ref tile, 12 * width);
        TV.Store(c41, ref tile, 13 * width);
        TV.Store(c42, ref tile, 14 * width);
        TV.Store(c50, ref tile, 15 * width);
        TV.Store(c51, ref tile, 16 * width);
        TV.Store(c52, ref tile, 17 * width);
    }

    /// <summary>Tile of 6 × 2 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run2(int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile)
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

        TV.Store(c00, ref tile, 0);
        TV.Store(c01, ref tile, width);
        TV.Store(c10, ref tile, 2 * width);
        TV.Store(c11, ref tile, 3 * width);
        TV.Store(c20, ref tile, 4 * width);
        TV.Store(c21, ref tile, 5 * width);
        TV.Store(c30, ref tile, 6 * width);
        TV.Store(c31, ref tile, 7 * width);
        TV.Store(c40, ref tile, 8 * width);
        TV.Store(c41, ref tile, 9 * width);
        TV.Store(c50, ref tile, 10 * width);
        TV.Store(c51, ref tile, 11 * width);
    }

    /// <summary>Tile of 6 × 1 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run1(int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile)
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

        TV.Store(c00, ref tile, 0);
        TV.Store(c10, ref tile, TV.Count);
        TV.Store(c20, ref tile, 2 * TV.Count);
        TV.Store(c30, ref tile, 3 * TV.Count);
        TV.Store(c40, ref tile, 4 * TV.Count);
        TV.Store(c50, ref tile, 5 * TV.Count);
    }
}
