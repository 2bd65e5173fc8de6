using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>128-bit register; falls back to portable code where the machine has no such width.</summary>
internal readonly partial struct Simd128<T>(Vector128<T> value) : ISimd<Simd128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _value = value;

    public static int Count => Vector128<T>.Count;

    public static Simd128<T> Zero => new(Vector128<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Load(ref readonly T source, nint offset) =>
        new(Vector128.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Simd128<T> value, ref T target, nint offset) =>
        value._value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128<T> LoadPartial(ref readonly T source, nint offset, int lanes)
    {
        if (!Avx.IsSupported)
            return LoadOneByOne(in source, offset, lanes);
        Vector128<T> mask = FirstLanes(lanes);
        fixed (T* first = &Unsafe.Add(ref Unsafe.AsRef(in source), offset))
        {
            return typeof(T) == typeof(float)
                ? new(Avx.MaskLoad((float*)first, mask.AsSingle()).As<float, T>())
                : new(Avx.MaskLoad((double*)first, mask.AsDouble()).As<double, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Simd128<T> value, ref T target, nint offset, int lanes)
    {
        if (!Avx.IsSupported)
        {
            StoreOneByOne(value, ref target, offset, lanes);
            return;
        }

        Vector128<T> mask = FirstLanes(lanes);
        fixed (T* first = &Unsafe.Add(ref target, offset))
        {
            if (typeof(T) == typeof(float))
                Avx.MaskStore((float*)first, mask.AsSingle(), value._value.AsSingle());
            else
                Avx.MaskStore((double*)first, mask.AsDouble(), value._value.AsDouble());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator +(Simd128<T> left, Simd128<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator -(Simd128<T> left, Simd128<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator *(Simd128<T> left, Simd128<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator /(Simd128<T> left, Simd128<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator -(Simd128<T> value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> MultiplyAdd(Simd128<T> left, Simd128<T> right, Simd128<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector128.FusedMultiplyAdd(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector128.FusedMultiplyAdd(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Min(Simd128<T> left, Simd128<T> right) => new(Vector128.Min(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Max(Simd128<T> left, Simd128<T> right) => new(Vector128.Max(left._value, right._value));

    // the native instructions give their second operand where one is NaN
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Within(Simd128<T> value, Simd128<T> bound) =>
        new(Vector128.MaxNative(-bound._value, Vector128.MinNative(bound._value, value._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Abs(Simd128<T> value) => new(Vector128.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Sqrt(Simd128<T> value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Round(Simd128<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector128.Round(value._value.AsSingle()).As<float, T>())
            : new(Vector128.Round(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Floor(Simd128<T> value) =>
        typeof(T) == typeof(float)
            ? new(Vector128.Floor(value._value.AsSingle()).As<float, T>())
            : new(Vector128.Floor(value._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> LessThan(Simd128<T> left, Simd128<T> right) => new(Vector128.LessThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> LessThanOrEqual(Simd128<T> left, Simd128<T> right) => new(Vector128.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> EqualTo(Simd128<T> left, Simd128<T> right) => new(Vector128.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Simd128<T> mask) =>
        typeof(T) == typeof(float)
            ? mask._value.AsInt32() != Vector128<int>.Zero
            : mask._value.AsInt64() != Vector128<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Select(Simd128<T> mask, Simd128<T> whenTrue, Simd128<T> whenFalse) =>
        new(Vector128.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator &(Simd128<T> left, Simd128<T> right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator |(Simd128<T> left, Simd128<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator ^(Simd128<T> left, Simd128<T> right) => new(left._value ^ right._value);

    // Adding 1.5·2^(mantissa bits) leaves the integer, bias included, in the low bits; the shift moves it into the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> PowerOfTwo(Simd128<T> exponent) =>
        typeof(T) == typeof(float)
            ? new(Vector128.ShiftLeft((exponent._value.AsSingle() + Vector128.Create(12582912f + 127)).AsInt32(), 23).As<int, T>())
            : new(Vector128.ShiftLeft((exponent._value.AsDouble() + Vector128.Create(6755399441055744d + 1023)).AsInt64(), 52).As<long, T>());

    // The biased exponent, put into the low bits of 2^(mantissa bits), reads as that power plus the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Exponent(Simd128<T> value) =>
        typeof(T) == typeof(float)
            ? new(((Vector128.ShiftRightLogical(value._value.AsInt32(), 23) | Vector128.Create(8388608f).AsInt32()).AsSingle()
                - Vector128.Create(8388608f + 127)).As<float, T>())
            : new(((Vector128.ShiftRightLogical(value._value.AsInt64(), 52) | Vector128.Create(4503599627370496d).AsInt64()).AsDouble()
                - Vector128.Create(4503599627370496d + 1023)).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Simd128<T> value) => Vector128.Sum(value._value);

    /// <summary>All bits set in the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> FirstLanes(int lanes) =>
        typeof(T) == typeof(float)
            ? Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(lanes)).As<int, T>()
            : Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)lanes)).As<long, T>();

    private static Simd128<T> LoadOneByOne(ref readonly T source, nint offset, int lanes)
    {
        Unsafe.SkipInit(out Lanes buffer);
        Unsafe.As<Lanes, Vector128<T>>(ref buffer) = Vector128<T>.Zero;
        ref T first = ref Unsafe.As<Lanes, T>(ref buffer);
        for (int lane = 0; lane < lanes; lane++)
            Unsafe.Add(ref first, lane) = Unsafe.Add(ref Unsafe.AsRef(in source), offset + lane);
        return new(Unsafe.As<Lanes, Vector128<T>>(ref buffer));
    }

    private static void StoreOneByOne(Simd128<T> value, ref T target, nint offset, int lanes)
    {
        Unsafe.SkipInit(out Lanes buffer);
        Unsafe.As<Lanes, Vector128<T>>(ref buffer) = value._value;
        ref T first = ref Unsafe.As<Lanes, T>(ref buffer);
        for (int lane = 0; lane < lanes; lane++)
            Unsafe.Add(ref target, offset + lane) = Unsafe.Add(ref first, lane);
    }

    [InlineArray(128 / 64)]
    private struct Lanes
    {
        private ulong _first;
    }
}
