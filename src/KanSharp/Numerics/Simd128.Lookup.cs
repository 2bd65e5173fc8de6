using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KanSharp.Numerics;

/// <summary>Table look-ups, lane by lane.</summary>
internal readonly partial struct Simd128<T>
{
    public static bool PermutesFast => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Permute(Simd128<T> table, Simd128<T> index)
    {
        return LanesOf(table, table, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Permute(Simd128<T> low, Simd128<T> high, Simd128<T> index)
    {
        return LanesOf(low, high, index);
    }

    // Not inlined: a kernel has up to six of them, more than the JIT is willing to take in
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Simd128<T> Gather(ref readonly T table, ref readonly T index)
    {
        return typeof(T) == typeof(float)
            ? new(Vector128.Create(
                    Single(in table, in index, 0), Single(in table, in index, 1), Single(in table, in index, 2), Single(in table, in index, 3)).As<float, T>())
            : new(Vector128.Create(Double(in table, in index, 0), Double(in table, in index, 1)).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Single(ref readonly T table, ref readonly T index, int lane) => Unsafe.BitCast<T, float>(Entry(in table, in index, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Double(ref readonly T table, ref readonly T index, int lane) => Unsafe.BitCast<T, double>(Entry(in table, in index, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Entry(ref readonly T table, ref readonly T index, int lane) =>
        Unsafe.Add(ref Unsafe.AsRef(in table), LaneIndex.Read(in Unsafe.Add(ref Unsafe.AsRef(in index), lane)));

    private static Simd128<T> LanesOf(Simd128<T> low, Simd128<T> high, Simd128<T> index)
    {
        Vector128<T> result = default;
        for (int lane = 0; lane < Count; lane++)
        {
            T number = index._value[lane];
            int entry = LaneIndex.Read(in number) % (2 * Count);
            result = result.WithElement(lane, entry < Count ? low._value[entry] : high._value[entry - Count]);
        }

        return new(result);
    }
}
