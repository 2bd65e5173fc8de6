using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KanSharp.Numerics;

/// <summary>The register width a kernel runs with. <see cref="Scalar"/> is the reference path.</summary>
internal enum SimdWidth
{
    Scalar = 0,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

/// <summary>Which widths this machine runs natively.</summary>
internal static class SimdWidths
{
    /// <summary>The widest register that the machine executes natively.</summary>
    public static SimdWidth Best =>
        Vector512.IsHardwareAccelerated ? SimdWidth.Bits512
        : Vector256.IsHardwareAccelerated ? SimdWidth.Bits256
        : Vector128.IsHardwareAccelerated ? SimdWidth.Bits128
        : SimdWidth.Scalar;

    /// <summary>Lanes of a register for numbers of a type; 1 for the scalar path.</summary>
    public static int Lanes<T>(this SimdWidth width)
        where T : unmanaged => Math.Max(1, (int)width / 8 / Unsafe.SizeOf<T>());

    /// <summary>The width of a register type.</summary>
    public static SimdWidth Of<V, T>()
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Count == 1 ? SimdWidth.Scalar : (SimdWidth)(V.Count * Unsafe.SizeOf<T>() * 8);

    /// <summary>Every width; those the machine lacks run through the portable fallback of <c>System.Runtime.Intrinsics</c>.</summary>
    public static IReadOnlyList<SimdWidth> All { get; } = [SimdWidth.Scalar, SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512];
}
