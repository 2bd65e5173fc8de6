using System.Numerics;

namespace KanSharp.Data;

/// <summary>An n-dimensional array of a NumPy file: element type, shape and values in row-major (C) order.</summary>
public sealed class NpyArray
{
    private readonly int[] _shape;
    private readonly ReadOnlyMemory<byte> _bytes;

    internal NpyArray(ElementType type, int[] shape, ReadOnlyMemory<byte> bytes)
    {
        Type = type;
        _shape = shape;
        _bytes = bytes;
    }

    /// <summary>Type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes of the dimensions; empty for a scalar.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Number of elements: the product of the shape, 1 for a scalar.</summary>
    public int Count => _bytes.Length / ElementCodec.SizeOf(Type);

    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    internal ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>Creates an array from values: double, float, the integers of 8 to 64 bits, bool.</summary>
    /// <param name="values">Row-major values; they are copied.</param>
    /// <param name="shape">Sizes whose product is the number of values; none for a scalar.</param>
    /// <exception cref="ArgumentException">Another value type, or a shape that does not fit.</exception>
    public static NpyArray Create<TValue>(ReadOnlySpan<TValue> values, params ReadOnlySpan<int> shape)
        where TValue : unmanaged
    {
        ElementType type = ElementCodec.TypeOf<TValue>();
        long count = 1;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count = checked(count * size);
        }

        return count == values.Length
            ? new NpyArray(type, shape.ToArray(), ElementCodec.ToBytes(values))
            : throw new ArgumentException(
                $"{values.Length} values for shape [{string.Join(", ", shape.ToArray())}], which holds {count}", nameof(values));
    }

    /// <summary>The elements as floating-point numbers, row-major; a stored type that is wider than T is rounded.</summary>
    public T[] ToArray<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[Count];
        ElementCodec.ToFloating<T>(Bytes, Type, values);
        return values;
    }

    /// <summary>The elements of an integer or boolean array, row-major.</summary>
    /// <exception cref="InvalidOperationException">The array holds floating-point numbers.</exception>
    /// <exception cref="OverflowException">An unsigned 64-bit value does not fit.</exception>
    public long[] ToInt64Array()
    {
        if (!ElementCodec.IsInteger(Type))
            throw new InvalidOperationException($"the array holds {Type} numbers, not integers; read it with ToArray");
        var values = new long[Count];
        ElementCodec.ToInt64(Bytes, Type, values);
        return values;
    }
}
