using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace KanSharp.Data;

/// <summary>Little-endian bytes of an <see cref="ElementType"/> to and from .NET numbers.</summary>
internal static class ElementCodec
{
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.UInt32 or ElementType.Int32 or ElementType.Float32 => 4,
        ElementType.UInt64 or ElementType.Int64 or ElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an element type"),
    };

    public static bool IsInteger(ElementType type) => type < ElementType.Float16;

    /// <summary>The element type that stores <typeparamref name="TValue"/> unchanged.</summary>
    public static ElementType TypeOf<TValue>()
        where TValue : unmanaged
    {
        if (typeof(TValue) == typeof(double)) return ElementType.Float64;
        if (typeof(TValue) == typeof(float)) return ElementType.Float32;
        if (typeof(TValue) == typeof(long)) return ElementType.Int64;
        if (typeof(TValue) == typeof(ulong)) return ElementType.UInt64;
        if (typeof(TValue) == typeof(int)) return ElementType.Int32;
        if (typeof(TValue) == typeof(uint)) return ElementType.UInt32;
        if (typeof(TValue) == typeof(short)) return ElementType.Int16;
        if (typeof(TValue) == typeof(ushort)) return ElementType.UInt16;
        if (typeof(TValue) == typeof(sbyte)) return ElementType.Int8;
        if (typeof(TValue) == typeof(byte)) return ElementType.UInt8;
        if (typeof(TValue) == typeof(bool)) return ElementType.Bool;
        throw new ArgumentException(
            $"values of type {typeof(TValue).Name} can not be stored; allowed: double, float, the integers of 8 to 64 bits, bool");
    }

    public static byte[] ToBytes<TValue>(ReadOnlySpan<TValue> values)
        where TValue : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian)
            ReverseElements(bytes, SizeOf(TypeOf<TValue>()));
        return bytes;
    }

    /// <summary>Turns the byte order of every element round, in place.</summary>
    public static void ReverseElements(Span<byte> bytes, int size)
    {
        for (int start = 0; start + size <= bytes.Length; start += size)
            bytes.Slice(start, size).Reverse();
    }

    /// <summary>Converts <paramref name="destination"/>.Length elements, rounding to nearest where T is narrower.</summary>
    public static void ToFloating<T>(ReadOnlySpan<byte> bytes, ElementType type, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (BitConverter.IsLittleEndian
            && ((type == ElementType.Float64 && typeof(T) == typeof(double)) || (type == ElementType.Float32 && typeof(T) == typeof(float))))
        {
            bytes[..(destination.Length * SizeOf(type))].CopyTo(MemoryMarshal.AsBytes(destination));
            return;
        }

        int size = SizeOf(type);
        for (int i = 0; i < destination.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            destination[i] = type switch
            {
                ElementType.Float64 => T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(element)),
                ElementType.Float32 => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(element)),
                ElementType.Float16 => T.CreateTruncating(BinaryPrimitives.ReadHalfLittleEndian(element)),
                ElementType.BFloat16 => T.CreateTruncating(
                    BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16)),
                ElementType.UInt64 => T.CreateTruncating(BinaryPrimitives.ReadUInt64LittleEndian(element)),
                _ => T.CreateTruncating(ReadInteger(element, type)),
            };
        }
    }

    /// <summary>Converts <paramref name="destination"/>.Length integers or truth values.</summary>
    /// <exception cref="OverflowException">An unsigned 64-bit value does not fit.</exception>
    public static void ToInt64(ReadOnlySpan<byte> bytes, ElementType type, Span<long> destination)
    {
        int size = SizeOf(type);
        for (int i = 0; i < destination.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            destination[i] = type == ElementType.UInt64
                ? checked((long)BinaryPrimitives.ReadUInt64LittleEndian(element))
                : ReadInteger(element, type);
        }
    }

    private static long ReadInteger(ReadOnlySpan<byte> element, ElementType type) => type switch
    {
        ElementType.Bool => element[0] == 0 ? 0 : 1,
        ElementType.UInt8 => element[0],
        ElementType.Int8 => (sbyte)element[0],
        ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
        _ => throw new InvalidOperationException($"elements of type {type} are not integers; read them as floating-point numbers"),
    };
}
