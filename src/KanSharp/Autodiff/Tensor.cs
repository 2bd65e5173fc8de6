using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>A dense row-major array of numbers that owns its storage: data sets, parameter values, results.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Tensor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _values;

    /// <summary>Creates a tensor of zeros.</summary>
    public Tensor(Shape shape)
        : this(shape, new T[shape.Count])
    {
    }

    /// <summary>Wraps an array without copying it.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="values">Row-major values, exactly <see cref="Shape.Count"/> of them.</param>
    /// <exception cref="ArgumentException">The number of values differs from the shape's.</exception>
    public Tensor(Shape shape, T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != shape.Count)
            throw new ArgumentException($"Shape {shape} has {shape.Count} elements; {values.Length} values were given.", nameof(values));
        Shape = shape;
        _values = values;
    }

    /// <summary>The extents.</summary>
    public Shape Shape { get; }

    /// <summary>The values, row-major, writable.</summary>
    public Span<T> Span => _values;

    /// <summary>The array behind the tensor (not a copy).</summary>
    internal T[] Array => _values;

    /// <summary>Element of a vector.</summary>
    public ref T this[int index] => ref _values[Offset(index)];

    /// <summary>Element of a matrix.</summary>
    public ref T this[int row, int column] => ref _values[Offset(row, column)];

    /// <summary>Element of a rank-3 tensor.</summary>
    public ref T this[int first, int second, int third] => ref _values[Offset(first, second, third)];

    /// <summary>A matrix from a two-dimensional array (copied).</summary>
    public static Tensor<T> From(T[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var tensor = new Tensor<T>(new Shape(values.GetLength(0), values.GetLength(1)));
        int next = 0;
        foreach (T value in values)
            tensor._values[next++] = value;
        return tensor;
    }

    /// <summary>A vector from values (copied).</summary>
    public static Tensor<T> From(params ReadOnlySpan<T> values) => new(new Shape(values.Length), values.ToArray());

    /// <summary>Row <paramref name="row"/> of the tensor seen as a matrix of <see cref="Shape.Rows"/> rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public Span<T> Row(int row)
    {
        if ((uint)row >= (uint)Shape.Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"A tensor of shape {Shape} has {Shape.Rows} rows.");
        return _values.AsSpan(row * Shape.Last, Shape.Last);
    }

    /// <summary>The same values under another shape with as many elements; the storage is shared.</summary>
    public Tensor<T> Reshape(Shape shape) => new(shape, _values);

    /// <summary>A copy with its own storage.</summary>
    public Tensor<T> Clone() => new(Shape, (T[])_values.Clone());

    /// <summary>The values in another precision.</summary>
    public Tensor<TOther> Cast<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        new(Shape, System.Array.ConvertAll(_values, TOther.CreateTruncating));

    private int Offset(params ReadOnlySpan<int> index)
    {
        if (index.Length != Shape.Rank)
            throw new ArgumentException($"{index.Length} indices were given for a tensor of shape {Shape}.");
        int offset = 0;
        for (int axis = 0; axis < index.Length; axis++)
        {
            if ((uint)index[axis] >= (uint)Shape[axis])
                throw new ArgumentOutOfRangeException(nameof(index), index[axis], $"Index on axis {axis} of a tensor of shape {Shape}.");
            offset = offset * Shape[axis] + index[axis];
        }

        return offset;
    }
}
