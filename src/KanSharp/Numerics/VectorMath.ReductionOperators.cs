using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

internal static partial class VectorMath
{
    /// <summary>How a reduction takes in a register and joins two partial results.</summary>
    private interface IReduction
    {
        static abstract T Start<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;

        static abstract V Accumulate<V, T>(V a, V x, V y)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;

        static abstract V Combine<V, T>(V a, V b)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;
    }

    private readonly struct SumOf : IReduction
    {
        public static T Start<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Accumulate<V, T>(V a, V x, V y)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            a + x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<V, T>(V a, V b)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            a + b;
    }

    private readonly struct SumOfProducts : IReduction
    {
        public static T Start<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Accumulate<V, T>(V a, V x, V y)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            V.MultiplyAdd(x, y, a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<V, T>(V a, V b)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            a + b;
    }

    private readonly struct SumOfNothing : IReduction
    {
        public static T Start<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Accumulate<V, T>(V a, V x, V y)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            V.MultiplyAdd(x, V.Zero, a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<V, T>(V a, V b)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            a + b;
    }

    private readonly struct LargestMagnitude : IReduction
    {
        public static T Start<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Accumulate<V, T>(V a, V x, V y)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            V.Max(a, V.Abs(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<V, T>(V a, V b)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            V.Max(a, b);
    }

    private readonly struct Largest : IReduction
    {
        public static T Start<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.NegativeInfinity;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Accumulate<V, T>(V a, V x, V y)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            V.Max(a, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<V, T>(V a, V b)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            V.Max(a, b);
    }
}
