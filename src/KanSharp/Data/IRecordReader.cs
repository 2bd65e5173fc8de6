using System.Numerics;

namespace KanSharp.Data;

/// <summary>One pass through a <see cref="IRecordSource{T}"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRecordReader<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Reads the next records.</summary>
    /// <param name="inputs">Receives [n, inputs]; its length is a multiple of the inputs of a record.</param>
    /// <param name="targets">Receives [n, targets], for as many records.</param>
    /// <returns>How many were read; fewer than there is room for only at the end, then 0.</returns>
    int Read(Span<T> inputs, Span<T> targets);
}
