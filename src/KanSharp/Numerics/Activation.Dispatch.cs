using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <content>From the value (which function, which order) to the kernel compiled for it.</content>
public sealed partial class Activation
{
    private void Apply<T>(int order, ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> y, SimdWidth width, bool multiply)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (_kind)
        {
            case Kind.SiLU: Apply<SiLUFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.GELU: Apply<GELUFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Tanh: Apply<TanhFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Sigmoid: Apply<SigmoidFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.ReLU: Apply<ReLUFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Softplus: Apply<SoftplusFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Identity: Apply<IdentityFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Zero: Apply<ZeroFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Sin: Apply<SinFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Exp: Apply<ExpFunction, T>(order, x, g, y, width, multiply); break;
            case Kind.Square: Apply<SquareFunction, T>(order, x, g, y, width, multiply); break;
        }
    }

    /// <summary>y[i] = F⁽ᵒʳᵈᵉʳ⁾(x[i]), times g[i] if <paramref name="multiply"/>; y may be x or g.</summary>
    internal static void Apply<F, T>(int order, ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> y, SimdWidth width, bool multiply)
        where F : struct, IDifferentiableFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (order)
        {
            case 0: Run<Value<F>, T>(x, g, y, width, multiply); break;
            case 1: Run<First<F>, T>(x, g, y, width, multiply); break;
            case 2: Run<Second<F>, T>(x, g, y, width, multiply); break;
            case 3: Run<Third<F>, T>(x, g, y, width, multiply); break;
            case 4: Run<Fourth<F>, T>(x, g, y, width, multiply); break;
            case 5: Run<Fifth<F>, T>(x, g, y, width, multiply); break;
            default: throw new ArgumentOutOfRangeException(nameof(order), order, $"The order of a derivative is 0 (value) to {DerivativeOrder.Highest}.");
        }
    }

    private static void Run<TOperator, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> y, SimdWidth width, bool multiply)
        where TOperator : struct, IUnaryOperator
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (multiply)
            Elementwise.MapMultiply<TOperator, T>(x, g, y, width);
        else
            Elementwise.Map<TOperator, T>(x, y, width);
    }

    private readonly struct Value<F> : IUnaryOperator
        where F : struct, IDifferentiableFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            F.Value<V, T>(x);
    }

    private readonly struct First<F> : IUnaryOperator
        where F : struct, IDifferentiableFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            F.First<V, T>(x);
    }

    private readonly struct Second<F> : IUnaryOperator
        where F : struct, IDifferentiableFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            F.Second<V, T>(x);
    }

    private readonly struct Third<F> : IUnaryOperator
        where F : struct, IDifferentiableFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            F.Third<V, T>(x);
    }

    private readonly struct Fourth<F> : IUnaryOperator
        where F : struct, IDifferentiableFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            F.Fourth<V, T>(x);
    }

    private readonly struct Fifth<F> : IUnaryOperator
        where F : struct, IDifferentiableFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            F.Fifth<V, T>(x);
    }
}
