using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>Table look-ups, lane by lane.</summary>
internal readonly partial struct Simd256<T>
{
    public static bool PermutesFast => Avx512F.VL.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Permute(Simd256<T> table, Simd256<T> index)
    {
        if (PermutesFast)
        {
            return typeof(T) == typeof(float)
                ? new(Avx2.PermuteVar8x32(table._value.AsSingle(), index._value.AsInt32()).As<float, T>())
                : new(Avx512F.VL.PermuteVar4x64(table._value.AsDouble(), index._value.AsInt64()).As<double, T>());
        }

        return LanesOf(table, table, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Permute(Simd256<T> low, Simd256<T> high, Simd256<T> index)
    {
        if (PermutesFast)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.PermuteVar8x32x2(low._value.AsSingle(), index._value.AsInt32(), high._value.AsSingle()).As<float, T>())
                : new(Avx512F.VL.PermuteVar4x64x2(low._value.AsDouble(), index._value.AsInt64(), high._value.AsDouble()).As<double, T>());
        }

        return LanesOf(low, high, index);
    }

    // Not inlined: a kernel has up to six of them, more than the JIT is willing to take in
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Simd256<T> Gather(ref readonly T table, ref readonly T index)
    {
        return typeof(T) == typeof(float)
            ? new(Vector256.Create(
                    Single(in table, in index, 0), Single(in table, in index, 1), Single(in table, in index, 2), Single(in table, in index, 3),
                    Single(in table, in index, 4), Single(in table, in index, 5), Single(in table, in index, 6), Single(in table, in index, 7)).As<float, T>())
            : new(Vector256.Create(
                    Double(in table, in index, 0), Double(in table, in index, 1), Double(in table, in index, 2), Double(in table, in index, 3)).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Single(ref readonly T table, ref readonly T index, int lane) => Unsafe.BitCast<T, float>(Entry(in table, in index, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Double(ref readonly T table, ref readonly T index, int lane) => Unsafe.BitCast<T, double>(Entry(in table, in index, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Entry(ref readonly T table, ref readonly T index, int lane) =>
        Unsafe.Add(ref Unsafe.AsRef(in table), LaneIndex.Read(in Unsafe.Add(ref Unsafe.AsRef(in index), lane)));

    private static Simd256<T> LanesOf(Simd256<T> low, Simd256<T> high, Simd256<T> index)
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Count; lane++)
        {
            T number = index._value[lane];
            int entry = LaneIndex.Read(in number) % (2 * Count);
            result = result.WithElement(lane, entry < Count ? low._value[entry] : high._value[entry - Count]);
        }

        return new(result);
    }
}
