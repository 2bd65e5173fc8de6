using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace KanSharp.Autodiff;

/// <summary>
/// The extents of a tensor, outermost first; the last axis is contiguous (row-major). Holds up to <see cref="MaxRank"/> axes in place,
/// so that passing one around allocates nothing. Rank 0 is a scalar with one element; an extent may be 0.
/// </summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest supported rank.</summary>
    public const int MaxRank = 6;

    private readonly Extents _extents;

    /// <summary>Creates a shape.</summary>
    /// <param name="extents">Extent of each axis, outermost first; at most <see cref="MaxRank"/>, none negative.</param>
    /// <exception cref="ArgumentException">Too many axes, a negative extent, or more than 2³¹−1 elements.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        if (extents.Length > MaxRank)
            throw new ArgumentException($"A shape has at most {MaxRank} axes; {extents.Length} were given.", nameof(extents));
        long count = 1;
        for (int axis = 0; axis < extents.Length; axis++)
        {
            if (extents[axis] < 0)
                throw new ArgumentException($"Axis {axis} has extent {extents[axis]}; an extent is 0 or more.", nameof(extents));
            _extents[axis] = extents[axis];
            count = count * extents[axis];
            if (count > int.MaxValue)
                throw new ArgumentException($"A tensor holds at most {int.MaxValue} elements.", nameof(extents));
        }

        Rank = extents.Length;
        Count = (int)count;
    }

    /// <summary>The shape of a single number: no axes, one element. (The default value of the type has Count 0 and is not a scalar.)</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>Number of axes.</summary>
    public int Rank { get; }

    /// <summary>Number of elements: the product of the extents.</summary>
    public int Count { get; }

    /// <summary>Extent of the last axis; 1 for a scalar.</summary>
    public int Last => Rank == 0 ? 1 : _extents[Rank - 1];

    /// <summary>Product of all extents but the last: how many rows the tensor has as a matrix.</summary>
    public int Rows
    {
        get
        {
            int rows = 1;
            for (int axis = 0; axis < Rank - 1; axis++)
                rows *= _extents[axis];
            return rows;
        }
    }

    /// <summary>Extent of an axis; negative indices count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public int this[int axis] => _extents[Normalize(axis)];

    /// <summary>Turns an axis index that may count from the end into one from the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public int Normalize(int axis)
    {
        int index = axis < 0 ? axis + Rank : axis;
        if ((uint)index >= (uint)Rank)
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Shape {this} has axes 0..{Rank - 1} (or −{Rank}..−1).");
        return index;
    }

    /// <summary>The same shape with the last extent replaced. A scalar has none and is refused.</summary>
    public Shape WithLast(int extent)
    {
        Span<int> extents = stackalloc int[MaxRank];
        CopyTo(extents);
        extents[Normalize(-1)] = extent;
        return new Shape(extents[..Rank]);
    }

    /// <summary>Copies the extents into <paramref name="target"/> (at least <see cref="Rank"/> long).</summary>
    public void CopyTo(Span<int> target)
    {
        for (int axis = 0; axis < Rank; axis++)
            target[axis] = _extents[axis];
    }

    /// <summary>The extents as a new array.</summary>
    public int[] ToArray()
    {
        var extents = new int[Rank];
        CopyTo(extents);
        return extents;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank || Count != other.Count)
            return false;
        for (int axis = 0; axis < Rank; axis++)
        {
            if (_extents[axis] != other._extents[axis])
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (int axis = 0; axis < Rank; axis++)
            hash.Add(_extents[axis]);
        return hash.ToHashCode();
    }

    /// <summary>The extents in brackets, for example [64, 10].</summary>
    public override string ToString()
    {
        var text = new StringBuilder("[");
        for (int axis = 0; axis < Rank; axis++)
            text.Append(axis == 0 ? "" : ", ").Append(_extents[axis].ToString(CultureInfo.InvariantCulture));
        return text.Append(']').ToString();
    }

    /// <summary>Whether two shapes have the same extents.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    [InlineArray(MaxRank)]
    private struct Extents
    {
        private int _first;
    }
}
