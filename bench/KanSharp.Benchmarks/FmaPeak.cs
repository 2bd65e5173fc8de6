using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks;

/// <summary>
/// The multiply-add rate of one core, measured: 16 independent chains in registers, no memory traffic. The best sample counts, as a
/// peak should; the widest registers are used.
/// </summary>
internal static class FmaPeak
{
    private const int Steps = 100_000;
    private const int Chains = 16;

    /// <summary>10⁹ floating-point operations a second on one thread (a multiply-add is two).</summary>
    public static double GigaFlops(bool isDouble) => isDouble ? Dispatch<double>() : Dispatch<float>();

    private static double Dispatch<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdWidths.Best switch
        {
            SimdWidth.Bits512 => Rate<Simd512<T>, T>(),
            SimdWidth.Bits256 => Rate<Simd256<T>, T>(),
            SimdWidth.Bits128 => Rate<Simd128<T>, T>(),
            _ => Rate<SimdScalar<T>, T>(),
        };

    private static double Rate<TV, T>()
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sink = T.Zero;
        Timing timing = Sampler.Measure(() => sink += Run<TV, T>(T.CreateChecked(0.999), T.CreateChecked(1e-3)), 40);
        if (!T.IsFinite(sink))
            throw new InvalidOperationException("The chains of the peak measurement left the finite range.");
        return 2.0 * Steps * Chains * TV.Count / timing.Minimum * 1e-3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Run<TV, T>(T factor, T addend)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TV x = TV.Broadcast(factor), y = TV.Broadcast(addend);
        TV a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y, m = y, n = y, o = y, p = y;
        for (int step = 0; step < Steps; step++)
        {
            a = TV.MultiplyAdd(a, x, y);
            b = TV.MultiplyAdd(b, x, y);
            c = TV.MultiplyAdd(c, x, y);
            d = TV.MultiplyAdd(d, x, y);
            e = TV.MultiplyAdd(e, x, y);
            f = TV.MultiplyAdd(f, x, y);
            g = TV.MultiplyAdd(g, x, y);
            h = TV.MultiplyAdd(h, x, y);
            i = TV.MultiplyAdd(i, x, y);
            j = TV.MultiplyAdd(j, x, y);
            k = TV.MultiplyAdd(k, x, y);
            l = TV.MultiplyAdd(l, x, y);
            m = TV.MultiplyAdd(m, x, y);
            n = TV.MultiplyAdd(n, x, y);
            o = TV.MultiplyAdd(o, x, y);
            p = TV.MultiplyAdd(p, x, y);
        }

        return TV.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }
}
