using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>256-bit register; falls back to portable code where the machine has no such width.</summary>
internal readonly partial struct Simd256<T>(Vector256<T> value) : ISimd<Simd256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _value = value;

    public static int Count => Vector256<T>.Count;

    public static Simd256<T> Zero => new(Vector256<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Load(ref readonly T source, nint offset) =>
        new(Vector256.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Simd256<T> value, ref T target, nint offset) =>
        value._value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256<T> LoadPartial(ref readonly T source, nint offset, int lanes)
    {
        if (!Avx.IsSupported)
            return LoadOneByOne(in source, offset, lanes);
        Vector256<T> mask = FirstLanes(lanes);
        fixed (T* first = &Unsafe.Add(ref Unsafe.AsRef(in source), offset))
        {
            return typeof(T) == typeof(float)
                ? new(Avx.MaskLoad((float*)first, mask.AsSingle()).As<float, T>())
                : new(Avx.MaskLoad((double*)first, mask.AsDouble()).As<double, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Simd256<T> value, ref T target, nint offset, int lanes)
    {
        if (!Avx.IsSupported)
        {
            StoreOneByOne(value, ref target, offset, lanes);
            return;
        }

        Vector256<T> mask = FirstLanes(lanes);
        fixed (T* first = &Unsafe.Add(ref target, offset))
        {
            if (typeof(T) == typeof(float))
                Avx.MaskStore((float*)first, mask.AsSingle(), value._value.AsSingle());
            else
                Avx.MaskStore((double*)first, mask.AsDouble(), value._value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator +(Simd256<T> left, Simd256<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator -(Simd256<T> left, Simd256<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator *(Simd256<T> left, Simd256<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator /(Simd256<T> left, Simd256<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator -(Simd256<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> MultiplyAdd(Simd256<T> left, Simd256<T> right, Simd256<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector256.FusedMultiplyAdd(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector256.FusedMultiplyAdd(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Min(Simd256<T> left, Simd256<T> right) => new(Vector256.Min(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Max(Simd256<T> left, Simd256<T> right) => new(Vector256.Max(left._value, right._value));

    // the native instructions give their second operand where one is NaN
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Within(Simd256<T> value, Simd256<T> bound) =>
        new(Vector256.MaxNative(-bound._value, Vector256.MinNative(bound._value, value._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Abs(Simd256<T> value) => new(Vector256.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Sqrt(Simd256<T> value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Round(Simd256<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Round(value._value.AsSingle()).As<float, T>())
            : new(Vector256.Round(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Floor(Simd256<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Floor(value._value.AsSingle()).As<float, T>())
            : new(Vector256.Floor(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> LessThan(Simd256<T> left, Simd256<T> right) => new(Vector256.LessThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> LessThanOrEqual(Simd256<T> left, Simd256<T> right) => new(Vector256.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> EqualTo(Simd256<T> left, Simd256<T> right) => new(Vector256.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Simd256<T> mask) =>
        typeof(T) == typeof(float)
            ? mask._value.AsInt32() != Vector256<int>.Zero
            : mask._value.AsInt64() != Vector256<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Select(Simd256<T> mask, Simd256<T> whenTrue, Simd256<T> whenFalse) =>
        new(Vector256.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator &(Simd256<T> left, Simd256<T> right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator |(Simd256<T> left, Simd256<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator ^(Simd256<T> left, Simd256<T> right) => new(left._value ^ right._value);

    // Adding 1.5·2^(mantissa bits) leaves the integer, bias included, in the low bits; the shift moves it into the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> PowerOfTwo(Simd256<T> exponent) =>
        typeof(T) == typeof(float)
            ? new(Vector256.ShiftLeft((exponent._value.AsSingle() + Vector256.Create(12582912f + 127)).AsInt32(), 23).As<int, T>())
            : new(Vector256.ShiftLeft((exponent._value.AsDouble() + Vector256.Create(6755399441055744d + 1023)).AsInt64(), 52).As<long, T>());

    // The biased exponent, put into the low bits of 2^(mantissa bits), reads as that power plus the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Exponent(Simd256<T> value) =>
        typeof(T) == typeof(float)
            ? new(((Vector256.ShiftRightLogical(value._value.AsInt32(), 23) | Vector256.Create(8388608f).AsInt32()).AsSingle()
                - Vector256.Create(8388608f + 127)).As<float, T>())
            : new(((Vector256.ShiftRightLogical(value._value.AsInt64(), 52) | Vector256.Create(4503599627370496d).AsInt64()).AsDouble()
                - Vector256.Create(4503599627370496d + 1023)).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Simd256<T> value) => Vector256.Sum(value._value);

    /// <summary>All bits set in the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> FirstLanes(int lanes) =>
        typeof(T) == typeof(float)
            ? Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(lanes)).As<int, T>()
            : Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)lanes)).As<long, T>();

    private static Simd256<T> LoadOneByOne(ref readonly T source, nint offset, int lanes)
    {
        Unsafe.SkipInit(out Lanes buffer);
        Unsafe.As<Lanes, Vector256<T>>(ref buffer) = Vector256<T>.Zero;
        ref T first = ref Unsafe.As<Lanes, T>(ref buffer);
        for (int lane = 0; lane < lanes; lane++)
            Unsafe.Add(ref first, lane) = Unsafe.Add(ref Unsafe.AsRef(in source), offset + lane);
        return new(Unsafe.As<Lanes, Vector256<T>>(ref buffer));
    }

    private static void StoreOneByOne(Simd256<T> value, ref T target, nint offset, int lanes)
    {
        Unsafe.SkipInit(out Lanes buffer);
        Unsafe.As<Lanes, Vector256<T>>(ref buffer) = value._value;
        ref T first = ref Unsafe.As<Lanes, T>(ref buffer);
        for (int lane = 0; lane < lanes; lane++)
            Unsafe.Add(ref target, offset + lane) = Unsafe.Add(ref first, lane);
    }

    [InlineArray(256 / 64)]
    private struct Lanes
    {
        private ulong _first;
    }
}
