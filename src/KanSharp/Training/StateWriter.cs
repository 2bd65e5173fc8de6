using System.Numerics;

namespace KanSharp.Training;

/// <summary>Collects named arrays and counters under a prefix, copying the arrays.</summary>
internal sealed class StateWriter<T>(string prefix, IDictionary<string, T[]> arrays, IDictionary<string, long> counters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Write(string name, ReadOnlySpan<T> values)
    {
        if (!values.IsEmpty)
            arrays.Add(prefix + name, values.ToArray());
    }

    public void Write(string name, long value) => counters.Add(prefix + name, value);
}
