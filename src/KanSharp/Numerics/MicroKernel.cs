using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>
/// The innermost loop of the matrix product: tile[6 × columns] = Σ_p a(·, p) · b(p, ·) with every sum in a register. The 24, 12 or 6
/// independent sums hide the latency of the multiply-add. Rows beyond <c>rows</c> repeat the last valid row, so that a tile at the
/// lower edge reads nothing foreign; the caller leaves them out when it stores the tile.
/// </summary>
/// <remarks>
/// a(r, p) stands at a + r · aRow + p · aStep, b(p, ·) at b + p · bStep, row r of the tile at tile + r · tileRow. The sums replace what is in
/// the tile, or are added to it. Marked for full optimisation at once: the loops are hot on
/// their first call already and must not run in an unoptimised tier.
/// </remarks>
internal static partial class MicroKernel<TV, T>
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Rows = 6;

    /// <summary>Columns of the widest tile: four registers where there are 32 of them, else two.</summary>
    public static int PanelWidth => (TV.Count * Unsafe.SizeOf<T>() == 64 ? 4 : 2) * TV.Count;

    /// <summary>Registers of a tile of so many columns.</summary>
    public static int Registers(int width) => (width + TV.Count - 1) / TV.Count;

    /// <summary>Runs the kernel for a tile of the given number of registers, 1 to 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int registers, int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile, nint tileRow, bool add)
    {
        switch (registers)
        {
            case 4: Run4(depth, ref a, aRow, aStep, rows, ref b, bStep, ref tile, tileRow, add); break;
            case 3: Run3(depth, ref a, aRow, aStep, rows, ref b, bStep, ref tile, tileRow, add); break;
            case 2: Run2(depth, ref a, aRow, aStep, rows, ref b, bStep, ref tile, tileRow, add); break;
            default: Run1(depth, ref a, aRow, aStep, rows, ref b, bStep, ref tile, tileRow, add); break;
        }
    }

    /// <summary>Tile of 6 × 4 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run4(int depth, ref T a, nint aRow, nint aStep, int rows, ref T b, nint bStep, ref T tile, nint tileRow, bool add)
    {
        int last = rows - 1;
        ref T a1 = ref Unsafe.Add(ref a, Math.Min(1, last) * aRow);
        ref T a2 = ref Unsafe.Add(ref a, Math.Min(2, last) * aRow);
        ref T a3 = ref Unsafe.Add(ref a, Math.Min(3, last) * aRow);
        ref T a4 = ref Unsafe.Add(ref a, Math.Min(4, last) * aRow);
        ref T a5 = ref Unsafe.Add(ref a, Math.Min(5, last) * aRow);
        nint width = TV.Count;
        TV c00 = TV.Zero, c01 = TV.Zero, c02 = TV.Zero, c03 = TV.Zero;
        TV c10 = TV.Zero, c11 = TV.Zero, c12 = TV.Zero, c13 = TV.Zero;
        TV c20 = TV.Zero, c21 = TV.Zero, c22 = TV.Zero, c23 = TV.Zero;
        TV c30 = TV.Zero, c31 = TV.Zero, c32 = TV.Zero, c33 = TV.Zero;
        TV c40 = TV.Zero, c41 = TV.Zero, c42 = TV.Zero, c43 = TV.Zero;
        TV c50 = TV.Zero, c51 = TV.Zero, c52 = TV.Zero, c53 = TV.Zero;
        nint at = 0;
        for (int p = 0; p < depth; p++)
        {
            TV b0 = TV.Load(ref b, 0);
            TV b1 = TV.Load(ref b, width);
            TV b2 = TV.Load(ref b, 2 * width);
            TV b3 = TV.Load(ref b, 3 * width);
            TV x = TV.Broadcast(Unsafe.Add(ref a, at));
            c00 = TV.MultiplyAdd(x, b0, c00);
            c01 = TV.MultiplyAdd(x, b1, c01);
            c02 = TV.MultiplyAdd(x, b2, c02);
            c03 = TV.MultiplyAdd(x, b3, c03);
            x = TV.Broadcast(Unsafe.Add(ref a1, at));
            c10 = TV.MultiplyAdd(x, b0, c10);
            c11 = TV.MultiplyAdd(x, b1, c11);
            c12 = TV.MultiplyAdd(x, b2, c12);
            c13 = TV.MultiplyAdd(x, b3, c13);
            x = TV.Broadcast(Unsafe.Add(ref a2, at));
            c20 = TV.MultiplyAdd(x, b0, c20);
            c21 = TV.MultiplyAdd(x, b1, c21);
            c22 = TV.MultiplyAdd(x, b2, c22);
            c23 = TV.MultiplyAdd(x, b3, c23);
            x = TV.Broadcast(Unsafe.Add(ref a3, at));
            c30 = TV.MultiplyAdd(x, b0, c30);
            c31 = TV.MultiplyAdd(x, b1, c31);
            c32 = TV.MultiplyAdd(x, b2, c32);
            c33 = TV.MultiplyAdd(x, b3, c33);
            x = TV.Broadcast(Unsafe.Add(ref a4, at));
            c40 = TV.MultiplyAdd(x, b0, c40);
            c41 = TV.MultiplyAdd(x, b1, c41);
            c42 = TV.MultiplyAdd(x, b2, c42);
            c43 = TV.MultiplyAdd(x, b3, c43);
            x = TV.Broadcast(Unsafe.Add(ref a5, at));
            c50 = TV.MultiplyAdd(x, b0, c50);
            c51 = TV.MultiplyAdd(x, b1, c51);
            c52 = TV.MultiplyAdd(x, b2, c52);
            c53 = TV.MultiplyAdd(x, b3, c53);
            at += aStep;
            b = ref Unsafe.Add(ref b, bStep);
        }

        Put(c00, c01, c02, c03, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c10, c11, c12, c13, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c20, c21, c22, c23, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c30, c31, c32, c33, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c40, c41, c42, c43, ref tile, add);
        tile = ref Unsafe.Add(ref tile, tileRow);
        Put(c50, c51, c52, c53, ref tile, add);
    }
}
