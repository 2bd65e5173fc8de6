using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>
/// coefficient·x^exponent over a span: whole exponents by repeated squaring, halves with a square root, others by Pow. With the falling
/// factorial as coefficient these are all derivatives of a power.
/// </summary>
internal static class PowerKernel
{
    private const int LargestByMultiplication = 64;

    /// <summary>y = d^order/dx^order x^exponent.</summary>
    public static void Derivative<T>(double exponent, int order, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double coefficient = 1;
        for (int i = 0; i < order; i++)
            coefficient *= exponent - i;
        if (coefficient == 0)
            y.Clear();
        else
            Evaluate(coefficient, exponent - order, x, y);
    }

    /// <summary>y = coefficient·x^exponent; y may be x.</summary>
    public static void Evaluate<T>(double coefficient, double exponent, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double twice = 2 * exponent;
        if (Math.Abs(exponent) > LargestByMultiplication || twice != Math.Truncate(twice))
        {
            T p = T.CreateTruncating(exponent), c = T.CreateTruncating(coefficient);
            for (int i = 0; i < x.Length; i++)
                y[i] = c * T.Pow(x[i], p);
            return;
        }

        switch (SimdWidths.Best)
        {
            case SimdWidth.Bits512: Halves<Simd512<T>, T>(coefficient, (int)twice, x, y); break;
            case SimdWidth.Bits256: Halves<Simd256<T>, T>(coefficient, (int)twice, x, y); break;
            case SimdWidth.Bits128: Halves<Simd128<T>, T>(coefficient, (int)twice, x, y); break;
            default: Halves<SimdScalar<T>, T>(coefficient, (int)twice, x, y); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Halves<V, T>(double coefficient, int twice, ReadOnlySpan<T> x, Span<T> y)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c = V.Broadcast(T.CreateTruncating(coefficient));
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T target = ref MemoryMarshal.GetReference(y);
        int whole = x.Length - x.Length % V.Count;
        for (nint i = 0; i < whole; i += V.Count)
            V.Store(Power<V, T>(V.Load(in source, i), twice, c), ref target, i);
        int rest = x.Length - whole;
        if (rest > 0)
            V.StorePartial(Power<V, T>(V.LoadPartial(in source, whole, rest), twice, c), ref target, whole, rest);
    }

    /// <summary>c·x^(twice/2), one division for negative exponents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power<V, T>(V x, int twice, V c)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = Math.Abs(twice);
        V result = (n & 1) != 0 ? V.Sqrt(x) : SimdMath.Constant<V, T>(1);
        V square = x;
        for (n >>= 1; n > 0; n >>= 1)
        {
            if ((n & 1) != 0)
                result *= square;
            square *= square;
        }

        return twice < 0 ? c / result : c * result;
    }
}
