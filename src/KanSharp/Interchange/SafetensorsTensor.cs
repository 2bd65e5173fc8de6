using System.Numerics;
using KanSharp.Data;

namespace KanSharp.Interchange;

/// <summary>A named array of a safetensors file: type, shape and its row-major little-endian bytes.</summary>
public sealed class SafetensorsTensor
{
    private readonly int[] _shape;

    internal SafetensorsTensor(string name, ElementType type, int[] shape, ReadOnlyMemory<byte> bytes)
    {
        Name = name;
        Type = type;
        _shape = shape;
        Bytes = bytes;
    }

    /// <summary>Name, unique in its file.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes of the dimensions; empty for a scalar. A size may be zero.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Number of elements: the product of the shape, 1 for a scalar.</summary>
    public int Count => Bytes.Length / ElementCodec.SizeOf(Type);

    /// <summary>The elements as stored: row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Creates a tensor that can be written: double, float, long or byte values.</summary>
    /// <param name="name">Name, not empty and not "__metadata__".</param>
    /// <param name="values">Row-major values; they are copied.</param>
    /// <param name="shape">Sizes whose product is the number of values; none for a scalar.</param>
    /// <exception cref="ArgumentException">A reserved or ill-formed name, another value type, or a shape that does not fit.</exception>
    public static SafetensorsTensor Create<TValue>(string name, ReadOnlySpan<TValue> values, params ReadOnlySpan<int> shape)
        where TValue : unmanaged
    {
        SafetensorsText.CheckName(name);
        ElementType type = ElementCodec.TypeOf<TValue>();
        if (type is not (ElementType.Float64 or ElementType.Float32 or ElementType.Int64 or ElementType.UInt8))
            throw new ArgumentException($"tensor '{name}': values of type {typeof(TValue).Name}; allowed: double, float, long, byte");
        long count = 1;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count = checked(count * size);
        }

        if (count != values.Length)
            throw new ArgumentException(
                $"tensor '{name}': {values.Length} values for shape [{string.Join(", ", shape.ToArray())}], which holds {count}");
        return new SafetensorsTensor(name, type, shape.ToArray(), ElementCodec.ToBytes(values));
    }

    /// <summary>The elements as floating-point numbers, row-major; a stored type that is wider than T is rounded.</summary>
    public T[] ToArray<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[Count];
        ElementCodec.ToFloating<T>(Bytes.Span, Type, values);
        return values;
    }

    /// <summary>The elements of an integer or boolean tensor, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds floating-point numbers.</exception>
    public long[] ToInt64Array()
    {
        if (!ElementCodec.IsInteger(Type))
            throw new InvalidOperationException($"tensor '{Name}' holds {Type} numbers, not integers; read it with ToArray");
        var values = new long[Count];
        ElementCodec.ToInt64(Bytes.Span, Type, values);
        return values;
    }
}
