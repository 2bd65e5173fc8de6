using System.Numerics;

namespace KanSharp.Training;

/// <summary>Reads back what a <see cref="StateWriter{T}"/> collected; a missing or ill-sized array is an error that names it.</summary>
internal sealed class StateReader<T>(string prefix, IReadOnlyDictionary<string, T[]> arrays, IReadOnlyDictionary<string, long> counters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Read(string name, Span<T> target)
    {
        if (target.IsEmpty)
            return;
        if (!arrays.TryGetValue(prefix + name, out T[]? values))
            throw new ArgumentException($"The checkpoint has no array '{prefix + name}': it belongs to another model or another optimiser.");
        if (values.Length != target.Length)
            throw new ArgumentException($"Array '{prefix + name}' of the checkpoint has {values.Length} elements; {target.Length} are needed.");
        values.CopyTo(target);
    }

    public long ReadCount(string name) => counters.TryGetValue(prefix + name, out long value)
        ? value
        : throw new ArgumentException($"The checkpoint has no number '{prefix + name}': it belongs to another model or another optimiser.");
}
