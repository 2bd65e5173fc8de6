using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>512-bit register; falls back to portable code where the machine has no such width.</summary>
internal readonly partial struct Simd512<T>(Vector512<T> value) : ISimd<Simd512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    public static Simd512<T> Zero => new(Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Load(ref readonly T source, nint offset) =>
        new(Vector512.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Simd512<T> value, ref T target, nint offset) =>
        value._value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512<T> LoadPartial(ref readonly T source, nint offset, int lanes)
    {
        if (!Avx512F.IsSupported)
            return LoadOneByOne(in source, offset, lanes);
        Vector512<T> mask = FirstLanes(lanes);
        fixed (T* first = &Unsafe.Add(ref Unsafe.AsRef(in source), offset))
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.MaskLoad((float*)first, mask.AsSingle(), Vector512<float>.Zero).As<float, T>())
                : new(Avx512F.MaskLoad((double*)first, mask.AsDouble(), Vector512<double>.Zero).As<double, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Simd512<T> value, ref T target, nint offset, int lanes)
    {
        if (!Avx512F.IsSupported)
        {
            StoreOneByOne(value, ref target, offset, lanes);
            return;
        }

        Vector512<T> mask = FirstLanes(lanes);
        fixed (T* first = &Unsafe.Add(ref target, offset))
        {
            if (typeof(T) == typeof(float))
                Avx512F.MaskStore((float*)first, mask.AsSingle(), value._value.AsSingle());
            else
                Avx512F.MaskStore((double*)first, mask.AsDouble(), value._value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator +(Simd512<T> left, Simd512<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator -(Simd512<T> left, Simd512<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator *(Simd512<T> left, Simd512<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator /(Simd512<T> left, Simd512<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator -(Simd512<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> MultiplyAdd(Simd512<T> left, Simd512<T> right, Simd512<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector512.FusedMultiplyAdd(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector512.FusedMultiplyAdd(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Min(Simd512<T> left, Simd512<T> right) => new(Vector512.Min(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Max(Simd512<T> left, Simd512<T> right) => new(Vector512.Max(left._value, right._value));

    // the native instructions give their second operand where one is NaN
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Within(Simd512<T> value, Simd512<T> bound) =>
        new(Vector512.MaxNative(-bound._value, Vector512.MinNative(bound._value, value._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Abs(Simd512<T> value) => new(Vector512.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Sqrt(Simd512<T> value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Round(Simd512<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Round(value._value.AsSingle()).As<float, T>())
            : new(Vector512.Round(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Floor(Simd512<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Floor(value._value.AsSingle()).As<float, T>())
            : new(Vector512.Floor(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> LessThan(Simd512<T> left, Simd512<T> right) => new(Vector512.LessThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> LessThanOrEqual(Simd512<T> left, Simd512<T> right) => new(Vector512.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> EqualTo(Simd512<T> left, Simd512<T> right) => new(Vector512.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Simd512<T> mask) =>
        typeof(T) == typeof(float)
            ? mask._value.AsInt32() != Vector512<int>.Zero
            : mask._value.AsInt64() != Vector512<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Select(Simd512<T> mask, Simd512<T> whenTrue, Simd512<T> whenFalse) =>
        new(Vector512.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator &(Simd512<T> left, Simd512<T> right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator |(Simd512<T> left, Simd512<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator ^(Simd512<T> left, Simd512<T> right) => new(left._value ^ right._value);

    // Adding 1.5·2^(mantissa bits) leaves the integer, bias included, in the low bits; the shift moves it into the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> PowerOfTwo(Simd512<T> exponent) =>
        typeof(T) == typeof(float)
            ? new(Vector512.ShiftLeft((exponent._value.AsSingle() + Vector512.Create(12582912f + 127)).AsInt32(), 23).As<int, T>())
            : new(Vector512.ShiftLeft((exponent._value.AsDouble() + Vector512.Create(6755399441055744d + 1023)).AsInt64(), 52).As<long, T>());

    // The biased exponent, put into the low bits of 2^(mantissa bits), reads as that power plus the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Exponent(Simd512<T> value) =>
        typeof(T) == typeof(float)
            ? new(((Vector512.ShiftRightLogical(value._value.AsInt32(), 23) | Vector512.Create(8388608f).AsInt32()).AsSingle()
                - Vector512.Create(8388608f + 127)).As<float, T>())
            : new(((Vector512.ShiftRightLogical(value._value.AsInt64(), 52) | Vector512.Create(4503599627370496d).AsInt64()).AsDouble()
                - Vector512.Create(4503599627370496d + 1023)).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Simd512<T> value) => Vector512.Sum(value._value);

    /// <summary>All bits set in the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> FirstLanes(int lanes) =>
        typeof(T) == typeof(float)
            ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).As<int, T>()
            : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)lanes)).As<long, T>();

    private static Simd512<T> LoadOneByOne(ref readonly T source, nint offset, int lanes)
    {
        Unsafe.SkipInit(out Lanes buffer);
        Unsafe.As<Lanes, Vector512<T>>(ref buffer) = Vector512<T>.Zero;
        ref T first = ref Unsafe.As<Lanes, T>(ref buffer);
        for (int lane = 0; lane < lanes; lane++)
            Unsafe.Add(ref first, lane) = Unsafe.Add(ref Unsafe.AsRef(in source), offset + lane);
        return new(Unsafe.As<Lanes, Vector512<T>>(ref buffer));
    }

    private static void StoreOneByOne(Simd512<T> value, ref T target, nint offset, int lanes)
    {
        Unsafe.SkipInit(out Lanes buffer);
        Unsafe.As<Lanes, Vector512<T>>(ref buffer) = value._value;
        ref T first = ref Unsafe.As<Lanes, T>(ref buffer);
        for (int lane = 0; lane < lanes; lane++)
            Unsafe.Add(ref target, offset + lane) = Unsafe.Add(ref first, lane);
    }

    [InlineArray(512 / 64)]
    private struct Lanes
    {
        private ulong _first;
    }
}
