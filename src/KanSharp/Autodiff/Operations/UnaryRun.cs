using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>The loops of a unary operation over one contiguous run, written once for every register width.</summary>
internal static class UnaryRun<TOperation, T>
    where TOperation : struct, IUnaryOperation
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target = op(x, a, b).</summary>
    public static void Apply(SimdWidth width, ReadOnlySpan<T> x, Span<T> target, T a, T b = default)
    {
        int done = width switch
        {
            SimdWidth.Bits512 => Values<Simd512<T>>(x, target, a, b, 0),
            SimdWidth.Bits256 => Values<Simd256<T>>(x, target, a, b, 0),
            SimdWidth.Bits128 => Values<Simd128<T>>(x, target, a, b, 0),
            _ => 0,
        };
        Values<SimdScalar<T>>(x, target, a, b, done);
    }

    /// <summary>Gradient of x, given that of the result y: written to the target or added to it.</summary>
    public static void Gradient(
        SimdWidth width, ReadOnlySpan<T> gradient, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target, bool add, T a, T b = default)
    {
        int done = width switch
        {
            SimdWidth.Bits512 => Gradients<Simd512<T>>(gradient, x, y, target, add, a, b, 0),
            SimdWidth.Bits256 => Gradients<Simd256<T>>(gradient, x, y, target, add, a, b, 0),
            SimdWidth.Bits128 => Gradients<Simd128<T>>(gradient, x, y, target, add, a, b, 0),
            _ => 0,
        };
        Gradients<SimdScalar<T>>(gradient, x, y, target, add, a, b, done);
    }

    private static int Values<TV>(ReadOnlySpan<T> x, Span<T> target, T a, T b, int start)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T result = ref MemoryMarshal.GetReference(target[..x.Length]);
        TV first = TV.Broadcast(a);
        TV second = TV.Broadcast(b);
        int i = start;
        for (; i <= x.Length - TV.Count; i += TV.Count)
            TV.Store(TOperation.Apply<TV, T>(TV.Load(in source, i), first, second), ref result, i);
        return i;
    }

    private static int Gradients<TV>(
        ReadOnlySpan<T> gradient, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target, bool add, T a, T b, int start)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T g = ref MemoryMarshal.GetReference(gradient);
        ref T source = ref MemoryMarshal.GetReference(x[..gradient.Length]);
        ref T value = ref MemoryMarshal.GetReference(y[..gradient.Length]);
        ref T result = ref MemoryMarshal.GetReference(target[..gradient.Length]);
        TV first = TV.Broadcast(a);
        TV second = TV.Broadcast(b);
        int i = start;
        for (; i <= gradient.Length - TV.Count; i += TV.Count)
        {
            TV part = TOperation.Gradient<TV, T>(TV.Load(in g, i), TV.Load(in source, i), TV.Load(in value, i), first, second);
            TV.Store(add ? TV.Load(in result, i) + part : part, ref result, i);
        }

        return i;
    }
}
