using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>One factor of a matrix product: row-major values, the distance between two rows, and whether it enters transposed.</summary>
/// <param name="values">values, row-major; row r starts at r · <paramref name="leading"/></param>
/// <param name="leading">elements between the starts of two rows, at least the stored row length</param>
/// <param name="transposed">true: the product takes the transpose of what is stored</param>
internal readonly ref struct MatrixOperand<T>(ReadOnlySpan<T> values, int leading, bool transposed = false)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ReadOnlySpan<T> Values { get; } = values;

    public int Leading { get; } = leading;

    public bool Transposed { get; } = transposed;

    /// <summary>The same values entering the product transposed.</summary>
    public MatrixOperand<T> Transpose() => new(Values, Leading, !Transposed);

    /// <summary>Throws unless op(M) can be [<paramref name="rows"/> × <paramref name="columns"/>].</summary>
    public void Check(int rows, int columns, string name) =>
        CheckStorage(Values.Length, Leading, Transposed ? columns : rows, Transposed ? rows : columns, name);

    /// <summary>Throws unless a row-major matrix [<paramref name="rows"/> × <paramref name="columns"/>] fits the storage.</summary>
    public static void CheckStorage(int length, int leading, int rows, int columns, string name)
    {
        if (leading < columns)
        {
            throw new ArgumentException(
                $"The leading dimension of matrix {name} is {leading}, but its stored rows have {columns} elements; "
                + "it must be at least the row length.",
                name);
        }

        long needed = rows == 0 || columns == 0 ? 0 : ((rows - 1L) * leading) + columns;
        if (length < needed)
        {
            throw new ArgumentException(
                $"Matrix {name} stored as [{rows} × {columns}] with leading dimension {leading} needs {needed} elements, "
                + $"but the span has {length}.",
                name);
        }
    }
}
