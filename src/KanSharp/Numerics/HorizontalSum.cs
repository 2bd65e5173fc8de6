using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>Sums over the lanes of four registers at once, which takes half the instructions of four single sums.</summary>
internal static class HorizontalSum
{
    /// <summary>Writes the sums of four registers that follow each other in memory.</summary>
    /// <param name="source">4 · <c>V.Count</c> values.</param>
    /// <param name="target">Receives 4 sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfFour<V, T>(ref T source, ref T target)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx.IsSupported && V.Count * Unsafe.SizeOf<T>() == 64)
        {
            int half = V.Count / 2;
            Write(
                Half(ref source, half),
                Half(ref Unsafe.Add(ref source, V.Count), half),
                Half(ref Unsafe.Add(ref source, 2 * V.Count), half),
                Half(ref Unsafe.Add(ref source, 3 * V.Count), half),
                ref target);
            return;
        }

        for (int i = 0; i < 4; i++)
            Unsafe.Add(ref target, i) = V.Sum(V.Load(ref source, i * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Half<T>(ref T source, int half) => Vector256.LoadUnsafe(ref source) + Vector256.LoadUnsafe(ref Unsafe.Add(ref source, half));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d, ref T target)
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> sums = Avx.HorizontalAdd(Avx.HorizontalAdd(a.AsSingle(), b.AsSingle()), Avx.HorizontalAdd(c.AsSingle(), d.AsSingle()));
            (sums.GetLower() + sums.GetUpper()).As<float, T>().StoreUnsafe(ref target);
        }
        else
        {
            Vector256<double> ab = Avx.HorizontalAdd(a.AsDouble(), b.AsDouble());
            Vector256<double> cd = Avx.HorizontalAdd(c.AsDouble(), d.AsDouble());
            (ab.GetLower() + ab.GetUpper()).As<double, T>().StoreUnsafe(ref target);
            (cd.GetLower() + cd.GetUpper()).As<double, T>().StoreUnsafe(ref Unsafe.Add(ref target, 2));
        }
    }
}
