using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>A unary operation over one contiguous run, for nodes that use it as a part.</summary>
internal static class UnaryRun<TOperation, T>
    where TOperation : struct, IUnaryOperation
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target = op(x, a).</summary>
    public static void Apply(SimdWidth width, ReadOnlySpan<T> x, Span<T> target, T a)
    {
        int done = width switch
        {
            SimdWidth.Bits512 => Loop<Simd512<T>>(x, target, a, 0),
            SimdWidth.Bits256 => Loop<Simd256<T>>(x, target, a, 0),
            SimdWidth.Bits128 => Loop<Simd128<T>>(x, target, a, 0),
            _ => 0,
        };
        Loop<SimdScalar<T>>(x, target, a, done);
    }

    private static int Loop<TV>(ReadOnlySpan<T> x, Span<T> target, T constant, int start)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T result = ref MemoryMarshal.GetReference(target[..x.Length]);
        TV a = TV.Broadcast(constant);
        int i = start;
        for (; i <= x.Length - TV.Count; i += TV.Count)
            TV.Store(TOperation.Apply<TV, T>(TV.Load(in source, i), a, TV.Zero), ref result, i);
        return i;
    }
}
