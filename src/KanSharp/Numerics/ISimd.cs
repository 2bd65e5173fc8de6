using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// A SIMD register of <typeparamref name="T"/> lanes. Kernels are written once against this interface and instantiated for
/// <see cref="Simd128{T}"/>, <see cref="Simd256{T}"/>, <see cref="Simd512{T}"/> and the one-lane <see cref="SimdScalar{T}"/>,
/// which is the reference. The JIT specialises each instantiation, so the abstraction costs nothing.
/// </summary>
internal interface ISimd<TSelf, T>
    where TSelf : unmanaged, ISimd<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lanes per register.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(T value);

    /// <summary>Loads <see cref="Count"/> values starting at <paramref name="source"/> + <paramref name="offset"/> elements.</summary>
    static abstract TSelf Load(ref readonly T source, nint offset);

    /// <summary>Stores <see cref="Count"/> values starting at <paramref name="target"/> + <paramref name="offset"/> elements.</summary>
    static abstract void Store(TSelf value, ref T target, nint offset);

    /// <summary>Loads the first <paramref name="lanes"/> values (1 to <see cref="Count"/>); the other lanes are 0.</summary>
    static abstract TSelf LoadPartial(ref readonly T source, nint offset, int lanes);

    /// <summary>Stores the first <paramref name="lanes"/> values (1 to <see cref="Count"/>) and touches nothing else.</summary>
    static abstract void StorePartial(TSelf value, ref T target, nint offset, int lanes);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf value);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>IEEE minimum that returns NaN if either lane is NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>IEEE maximum that returns NaN if either lane is NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The value within [−bound, bound]; NaN stays NaN. Cheaper than <see cref="Min"/> and <see cref="Max"/>.</summary>
    static abstract TSelf Within(TSelf value, TSelf bound);

    static abstract TSelf Abs(TSelf value);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Rounds to the nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf value);

    static abstract TSelf Floor(TSelf value);

    /// <summary>All bits set where left &lt; right (false for NaN).</summary>
    static abstract TSelf LessThan(TSelf left, TSelf right);

    /// <summary>All bits set where left ≤ right (false for NaN).</summary>
    static abstract TSelf LessThanOrEqual(TSelf left, TSelf right);

    /// <summary>All bits set where left = right (false for NaN).</summary>
    static abstract TSelf EqualTo(TSelf left, TSelf right);

    /// <summary>Whether the machine picks lanes of a register by number in one instruction; otherwise the two forms of Permute are slow.</summary>
    static abstract bool PermutesFast { get; }

    /// <summary>table[index] lane by lane, index modulo the number of lanes.</summary>
    /// <param name="table">Entries.</param>
    /// <param name="index">Numbers of entries, written as <see cref="LaneIndex"/> has them.</param>
    static abstract TSelf Permute(TSelf table, TSelf index);

    /// <summary>The same with a table of two registers, index modulo twice the number of lanes.</summary>
    static abstract TSelf Permute(TSelf low, TSelf high, TSelf index);

    /// <summary>table[index] lane by lane, from memory.</summary>
    /// <param name="table">The first entry.</param>
    /// <param name="index">The first of <see cref="Count"/> entry numbers, written as <see cref="LaneIndex"/> has them.</param>
    static abstract TSelf Gather(ref readonly T table, ref readonly T index);

    /// <summary>True if the mask is set in any lane.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>Lane by lane: <paramref name="whenTrue"/> where the mask is set, else <paramref name="whenFalse"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    static abstract TSelf operator &(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>
    /// 2ⁿ for lanes that hold integers n in the exponent range of normal numbers (double: −1022..1023, float: −126..127).
    /// </summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    /// <summary>The exponent of positive normal numbers, ⌊log₂ x⌋.</summary>
    static abstract TSelf Exponent(TSelf value);

    /// <summary>Sum of all lanes, halves added pairwise: a fixed order for a given width.</summary>
    static abstract T Sum(TSelf value);
}
