using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>One lane without intrinsics: the reference that every other width is tested against.</summary>
internal readonly struct SimdScalar<T>(T value) : ISimd<SimdScalar<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    private static T AllBits => typeof(T) == typeof(float)
        ? Cast<int>(-1)
        : Cast<long>(-1L);

    public static int Count => 1;

    public static SimdScalar<T> Zero => new(T.Zero);

    public static SimdScalar<T> Broadcast(T value) => new(value);

    public static SimdScalar<T> Load(ref readonly T source, nint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public static void Store(SimdScalar<T> value, ref T target, nint offset) => Unsafe.Add(ref target, offset) = value._value;

    public static SimdScalar<T> LoadPartial(ref readonly T source, nint offset, int lanes) => Load(in source, offset);

    public static void StorePartial(SimdScalar<T> value, ref T target, nint offset, int lanes) => Store(value, ref target, offset);

    public static SimdScalar<T> operator +(SimdScalar<T> left, SimdScalar<T> right) => new(left._value + right._value);

    public static SimdScalar<T> operator -(SimdScalar<T> left, SimdScalar<T> right) => new(left._value - right._value);

    public static SimdScalar<T> operator *(SimdScalar<T> left, SimdScalar<T> right) => new(left._value * right._value);

    public static SimdScalar<T> operator /(SimdScalar<T> left, SimdScalar<T> right) => new(left._value / right._value);

    public static SimdScalar<T> operator -(SimdScalar<T> value) => new(-value._value);

    public static SimdScalar<T> MultiplyAdd(SimdScalar<T> left, SimdScalar<T> right, SimdScalar<T> addend) =>
        new(T.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static SimdScalar<T> Min(SimdScalar<T> left, SimdScalar<T> right) => new(T.Min(left._value, right._value));

    public static SimdScalar<T> Max(SimdScalar<T> left, SimdScalar<T> right) => new(T.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdScalar<T> Within(SimdScalar<T> value, SimdScalar<T> bound) => Max(Min(value, bound), -bound);

    public static SimdScalar<T> Abs(SimdScalar<T> value) => new(T.Abs(value._value));

    public static SimdScalar<T> Sqrt(SimdScalar<T> value) => new(T.Sqrt(value._value));

    public static SimdScalar<T> Round(SimdScalar<T> value) => new(T.Round(value._value, MidpointRounding.ToEven));

    public static SimdScalar<T> Floor(SimdScalar<T> value) => new(T.Floor(value._value));

    public static SimdScalar<T> LessThan(SimdScalar<T> left, SimdScalar<T> right) => new(left._value < right._value ? AllBits : T.Zero);

    public static SimdScalar<T> LessThanOrEqual(SimdScalar<T> left, SimdScalar<T> right) => new(left._value <= right._value ? AllBits : T.Zero);

    public static SimdScalar<T> EqualTo(SimdScalar<T> left, SimdScalar<T> right) => new(left._value == right._value ? AllBits : T.Zero);

    public static bool PermutesFast => false;

    public static SimdScalar<T> Permute(SimdScalar<T> table, SimdScalar<T> index) => table;

    public static SimdScalar<T> Permute(SimdScalar<T> low, SimdScalar<T> high, SimdScalar<T> index) => LaneIndex.Read(in index._value) % 2 == 0 ? low : high;

    public static SimdScalar<T> Gather(ref readonly T table, ref readonly T index) => new(Unsafe.Add(ref Unsafe.AsRef(in table), LaneIndex.Read(in index)));

    public static bool Any(SimdScalar<T> mask) => Bits(mask) != 0;

    public static SimdScalar<T> Select(SimdScalar<T> mask, SimdScalar<T> whenTrue, SimdScalar<T> whenFalse) =>
        (mask & whenTrue) | Bits(~Bits(mask) & Bits(whenFalse));

    public static SimdScalar<T> operator &(SimdScalar<T> left, SimdScalar<T> right) => Bits(Bits(left) & Bits(right));

    public static SimdScalar<T> operator |(SimdScalar<T> left, SimdScalar<T> right) => Bits(Bits(left) | Bits(right));

    public static SimdScalar<T> operator ^(SimdScalar<T> left, SimdScalar<T> right) => Bits(Bits(left) ^ Bits(right));

    public static SimdScalar<T> PowerOfTwo(SimdScalar<T> exponent) => new(T.ScaleB(T.One, int.CreateTruncating(exponent._value)));

    public static SimdScalar<T> Exponent(SimdScalar<T> value)
    {
        T number = value._value;
        int exponent = typeof(T) == typeof(float)
            ? (int)(Unsafe.BitCast<T, uint>(number) >> 23) - 127
            : (int)(Unsafe.BitCast<T, ulong>(number) >> 52) - 1023;
        return new(T.CreateTruncating(exponent));
    }

    public static T Sum(SimdScalar<T> value) => value._value;

    private static T Cast<TBits>(TBits bits) where TBits : unmanaged => Unsafe.As<TBits, T>(ref bits);

    private static long Bits(SimdScalar<T> value)
    {
        T number = value._value;
        return typeof(T) == typeof(float) ? Unsafe.As<T, int>(ref number) : Unsafe.As<T, long>(ref number);
    }

    private static SimdScalar<T> Bits(long bits) => new(typeof(T) == typeof(float) ? Cast((int)bits) : Cast(bits));
}
