using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// One row of an output tile: 1 to 4 registers side by side. The JIT keeps the fields in registers and drops those beyond
/// <typeparamref name="TTile"/>.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTile">Registers in use.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal struct Strip<V, TTile, T>
    where V : unmanaged, ISimd<V, T>
    where TTile : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public V A;
    public V B;
    public V C;
    public V D;

    /// <summary>Loads whole registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip<V, TTile, T> Load(ref T source)
    {
        Strip<V, TTile, T> strip = default;
        strip.A = V.Load(ref source, 0);
        if (TTile.Value > 1)
            strip.B = V.Load(ref source, V.Count);
        if (TTile.Value > 2)
            strip.C = V.Load(ref source, 2 * V.Count);
        if (TTile.Value > 3)
            strip.D = V.Load(ref source, 3 * V.Count);
        return strip;
    }

    /// <summary>Loads whole registers and clears the lanes of the last one that <paramref name="mask"/> does not have.</summary>
    /// <remarks>No call and no branch: with either the JIT would keep the window of a sweep in memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip<V, TTile, T> Load(ref T source, ref T mask)
    {
        Strip<V, TTile, T> strip = Load(ref source);
        if (TTile.Value == 1)
            strip.A &= V.Load(ref mask, 0);
        if (TTile.Value == 2)
            strip.B &= V.Load(ref mask, 0);
        if (TTile.Value == 3)
            strip.C &= V.Load(ref mask, 0);
        if (TTile.Value == 4)
            strip.D &= V.Load(ref mask, 0);
        return strip;
    }

    /// <summary>
    /// Asks for the cache lines of the row <paramref name="ahead"/> elements from <paramref name="source"/>; without effect where there is no such
    /// instruction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref T source, nint ahead)
    {
        if (!Sse.IsSupported)
            return;
        // The row may lie outside of the array, so its address is a pointer: the garbage collector must not see a reference to it. One that the
        // collector has made stale is still a harmless hint
        T* first = (T*)Unsafe.AsPointer(ref source) + ahead;
        Sse.Prefetch0(first);
        if (TTile.Value > 1)
            Sse.Prefetch0(first + V.Count);
        if (TTile.Value > 2)
            Sse.Prefetch0(first + 2 * V.Count);
        if (TTile.Value > 3)
            Sse.Prefetch0(first + 3 * V.Count);
        Sse.Prefetch0(first + (TTile.Value * V.Count - 1));
    }

    /// <summary>Moves a window of rows on by one: the first row leaves, <paramref name="next"/> becomes the last of <typeparamref name="TRows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Slide<TRows>(
        ref Strip<V, TTile, T> r0,
        ref Strip<V, TTile, T> r1,
        ref Strip<V, TTile, T> r2,
        ref Strip<V, TTile, T> r3,
        ref Strip<V, TTile, T> r4,
        ref Strip<V, TTile, T> r5,
        in Strip<V, TTile, T> next)
        where TRows : struct, IConstant
    {
        r0 = r1;
        r1 = TRows.Value > 2 ? r2 : next;
        if (TRows.Value > 2)
            r2 = TRows.Value > 3 ? r3 : next;
        if (TRows.Value > 3)
            r3 = TRows.Value > 4 ? r4 : next;
        if (TRows.Value > 4)
            r4 = TRows.Value > 5 ? r5 : next;
        if (TRows.Value > 5)
            r5 = next;
    }

    /// <summary>this + factor·row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(V factor, in Strip<V, TTile, T> row)
    {
        A = V.MultiplyAdd(factor, row.A, A);
        if (TTile.Value > 1)
            B = V.MultiplyAdd(factor, row.B, B);
        if (TTile.Value > 2)
            C = V.MultiplyAdd(factor, row.C, C);
        if (TTile.Value > 3)
            D = V.MultiplyAdd(factor, row.D, D);
    }

    /// <summary>this · other, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(ref T other)
    {
        A *= V.Load(ref other, 0);
        if (TTile.Value > 1)
            B *= V.Load(ref other, V.Count);
        if (TTile.Value > 2)
            C *= V.Load(ref other, 2 * V.Count);
        if (TTile.Value > 3)
            D *= V.Load(ref other, 3 * V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target)
    {
        V.Store(A, ref target, 0);
        if (TTile.Value > 1)
            V.Store(B, ref target, V.Count);
        if (TTile.Value > 2)
            V.Store(C, ref target, 2 * V.Count);
        if (TTile.Value > 3)
            V.Store(D, ref target, 3 * V.Count);
    }

    /// <summary>this = factor·row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scale(V factor, in Strip<V, TTile, T> row)
    {
        A = factor * row.A;
        if (TTile.Value > 1)
            B = factor * row.B;
        if (TTile.Value > 2)
            C = factor * row.C;
        if (TTile.Value > 3)
            D = factor * row.D;
    }

    /// <summary><paramref name="sum"/> + this · other, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Dot(ref T other, V sum)
    {
        sum = V.MultiplyAdd(A, V.Load(ref other, 0), sum);
        if (TTile.Value > 1)
            sum = V.MultiplyAdd(B, V.Load(ref other, V.Count), sum);
        if (TTile.Value > 2)
            sum = V.MultiplyAdd(C, V.Load(ref other, 2 * V.Count), sum);
        if (TTile.Value > 3)
            sum = V.MultiplyAdd(D, V.Load(ref other, 3 * V.Count), sum);
        return sum;
    }

    /// <summary>Adds to memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(ref T target)
    {
        V.Store(A + V.Load(ref target, 0), ref target, 0);
        if (TTile.Value > 1)
            V.Store(B + V.Load(ref target, V.Count), ref target, V.Count);
        if (TTile.Value > 2)
            V.Store(C + V.Load(ref target, 2 * V.Count), ref target, 2 * V.Count);
        if (TTile.Value > 3)
            V.Store(D + V.Load(ref target, 3 * V.Count), ref target, 3 * V.Count);
    }
}
