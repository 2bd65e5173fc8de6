using System.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Records to go through, in memory that does not move meanwhile.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal unsafe struct RowRecords<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[N, inputs].</summary>
    public T* Inputs;

    /// <summary>[N, targets].</summary>
    public T* Targets;

    /// <summary>[N] weights; null for none.</summary>
    public T* Weights;

    /// <summary>The largest weight, by which the others are divided.</summary>
    public T LargestWeight;

    /// <summary>Which records, in their order; null for all in theirs.</summary>
    public int* Order;

    /// <summary>How many.</summary>
    public int Count;

    /// <summary>Number of the record at a position of the order.</summary>
    public readonly int Record(int position) => Order is null ? position : Order[position];

    /// <summary>A part.</summary>
    public readonly RowRecords<T> Slice(int start, int count, int inputs, int targets)
    {
        RowRecords<T> part = this;
        part.Count = count;
        if (Order is not null)
        {
            part.Order += start;
            return part;
        }

        part.Inputs += (nint)start * inputs;
        part.Targets += (nint)start * targets;
        if (Weights is not null)
            part.Weights += start;
        return part;
    }
}
