using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>
/// Entry numbers in the lanes of a register of numbers: n is written as 2^(mantissa bits) + n, so that the low bits of the lane are n. They are then
/// counted with ordinary arithmetic and read by permutations, which look at the low bits alone.
/// </summary>
internal static class LaneIndex
{
    private const int SingleMantissa = 0x7FFFFF;

    /// <summary>Entries that can be numbered in either precision.</summary>
    public const int Most = SingleMantissa + 1;

    /// <summary>The lane of an entry number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(int number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.CreateTruncating((typeof(T) == typeof(float) ? 8388608d : 4503599627370496d) + number);

    /// <summary>The entry number of a lane in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read<T>(ref readonly T lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? Unsafe.BitCast<T, int>(lane) & SingleMantissa
            : (int)Unsafe.BitCast<T, long>(lane);
}
