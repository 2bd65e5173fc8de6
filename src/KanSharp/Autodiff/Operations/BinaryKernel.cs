using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>The loops of an elementwise operation of two operands over one run, written once for every register width.</summary>
internal static class BinaryKernel<TOperation, T>
    where TOperation : struct, IBinaryOperation
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target = left ∘ right. An operand of length 1 is repeated.</summary>
    public static void Apply(SimdWidth width, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target)
    {
        int done = width switch
        {
            SimdWidth.Bits512 => Apply<Simd512<T>>(left, right, target, 0),
            SimdWidth.Bits256 => Apply<Simd256<T>>(left, right, target, 0),
            SimdWidth.Bits128 => Apply<Simd128<T>>(left, right, target, 0),
            _ => 0,
        };
        Apply<SimdScalar<T>>(left, right, target, done);
    }

    /// <summary>
    /// Gradient of one operand, given that of the result: written to or added to <paramref name="target"/>, or, if the target is a single
    /// repeated element, summed into it.
    /// </summary>
    public static void Gradient(
        SimdWidth width, bool ofLeft, ReadOnlySpan<T> gradient, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target, bool add)
    {
        if (ofLeft)
            Gradient<LeftSide>(width, gradient, left, right, target, add);
        else
            Gradient<RightSide>(width, gradient, left, right, target, add);
    }

    private static void Gradient<TSide>(
        SimdWidth width, ReadOnlySpan<T> gradient, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target, bool add)
        where TSide : struct, ISide
    {
        if (target.Length == 1 && gradient.Length != 1)
        {
            T sum = T.Zero;
            int summed = width switch
            {
                SimdWidth.Bits512 => Sum<Simd512<T>, TSide>(gradient, left, right, 0, ref sum),
                SimdWidth.Bits256 => Sum<Simd256<T>, TSide>(gradient, left, right, 0, ref sum),
                SimdWidth.Bits128 => Sum<Simd128<T>, TSide>(gradient, left, right, 0, ref sum),
                _ => 0,
            };
            Sum<SimdScalar<T>, TSide>(gradient, left, right, summed, ref sum);
            target[0] = add ? target[0] + sum : sum;
            return;
        }

        int done = width switch
        {
            SimdWidth.Bits512 => Write<Simd512<T>, TSide>(gradient, left, right, target, add, 0),
            SimdWidth.Bits256 => Write<Simd256<T>, TSide>(gradient, left, right, target, add, 0),
            SimdWidth.Bits128 => Write<Simd128<T>, TSide>(gradient, left, right, target, add, 0),
            _ => 0,
        };
        Write<SimdScalar<T>, TSide>(gradient, left, right, target, add, done);
    }

    private static int Apply<TV>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target, int start)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T l = ref MemoryMarshal.GetReference(left);
        ref T r = ref MemoryMarshal.GetReference(right);
        ref T t = ref MemoryMarshal.GetReference(target);
        int leftStep = left.Length == 1 ? 0 : 1;
        int rightStep = right.Length == 1 ? 0 : 1;
        int i = start;
        if (target.Length - i < TV.Count)
            return i;
        TV leftFirst = TV.Broadcast(l);
        TV rightFirst = TV.Broadcast(r);
        for (; i <= target.Length - TV.Count; i += TV.Count)
        {
            TV x = leftStep == 0 ? leftFirst : TV.Load(in l, i);
            TV y = rightStep == 0 ? rightFirst : TV.Load(in r, i);
            TV.Store(TOperation.Apply<TV, T>(x, y), ref t, i);
        }

        return i;
    }

    private static int Write<TV, TSide>(
        ReadOnlySpan<T> gradient, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target, bool add, int start)
        where TV : unmanaged, ISimd<TV, T>
        where TSide : struct, ISide
    {
        ref T g = ref MemoryMarshal.GetReference(gradient);
        ref T l = ref MemoryMarshal.GetReference(left);
        ref T r = ref MemoryMarshal.GetReference(right);
        ref T t = ref MemoryMarshal.GetReference(target);
        int leftStep = left.Length == 1 ? 0 : 1;
        int rightStep = right.Length == 1 ? 0 : 1;
        int i = start;
        for (; i <= gradient.Length - TV.Count; i += TV.Count)
        {
            TV x = leftStep == 0 ? TV.Broadcast(l) : TV.Load(in l, i);
            TV y = rightStep == 0 ? TV.Broadcast(r) : TV.Load(in r, i);
            TV part = TSide.Gradient<TV>(TV.Load(in g, i), x, y);
            TV.Store(add ? TV.Load(in t, i) + part : part, ref t, i);
        }

        return i;
    }

    private static int Sum<TV, TSide>(ReadOnlySpan<T> gradient, ReadOnlySpan<T> left, ReadOnlySpan<T> right, int start, ref T sum)
        where TV : unmanaged, ISimd<TV, T>
        where TSide : struct, ISide
    {
        ref T g = ref MemoryMarshal.GetReference(gradient);
        ref T l = ref MemoryMarshal.GetReference(left);
        ref T r = ref MemoryMarshal.GetReference(right);
        int leftStep = left.Length == 1 ? 0 : 1;
        int rightStep = right.Length == 1 ? 0 : 1;
        int i = start;
        TV total = TV.Zero;
        for (; i <= gradient.Length - TV.Count; i += TV.Count)
        {
            TV x = leftStep == 0 ? TV.Broadcast(l) : TV.Load(in l, i);
            TV y = rightStep == 0 ? TV.Broadcast(r) : TV.Load(in r, i);
            total += TSide.Gradient<TV>(TV.Load(in g, i), x, y);
        }

        sum += TV.Sum(total);
        return i;
    }

    private interface ISide
    {
        static abstract TV Gradient<TV>(TV gradient, TV left, TV right)
            where TV : unmanaged, ISimd<TV, T>;
    }

    private readonly struct LeftSide : ISide
    {
        public static TV Gradient<TV>(TV gradient, TV left, TV right)
            where TV : unmanaged, ISimd<TV, T> => TOperation.Left<TV, T>(gradient, left, right);
    }

    private readonly struct RightSide : ISide
    {
        public static TV Gradient<TV>(TV gradient, TV left, TV right)
            where TV : unmanaged, ISimd<TV, T> => TOperation.Right<TV, T>(gradient, left, right);
    }
}
