using System.Numerics;

namespace KanSharp.Data;

/// <summary>
/// Records with target values that can be gone through again and again without being held in memory: a file, a generator, a query. Every pass gives the same records
/// in the same order.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRecordSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Inputs of a record.</summary>
    int Inputs { get; }

    /// <summary>Targets of a record.</summary>
    int Targets { get; }

    /// <summary>Number of records of a pass; null if it is not known before the end of one.</summary>
    long? Count { get; }

    /// <summary>Begins a pass at the first record.</summary>
    IRecordReader<T> Open();
}
