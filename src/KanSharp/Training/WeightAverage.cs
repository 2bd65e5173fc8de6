using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Exponential moving average of the trainable parameters, and of the running statistics that belong to them: a ← d·a + (1 − d)·p with d = min(decay, (1 + t)/(10 + t)).</summary>
internal sealed class WeightAverage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _decay;
    private readonly (string Path, T[] Live, T[] Average)[] _entries;
    private long _updates;

    public WeightAverage(Module<T> module, double decay)
    {
        _decay = decay;
        _entries =
        [
            .. module.Parameters().Where(entry => entry.Parameter.Trainable).Select(entry => Entry(entry.Path, entry.Parameter.Value)),
            .. module.States().Where(entry => entry.State.FollowsBatches).Select(entry => Entry(entry.Path, entry.State.Value)),
        ];
    }

    private static (string Path, T[] Live, T[] Average) Entry(string path, Tensor<T> values) => (path, values.Array, values.Span.ToArray());

    /// <summary>Takes the present parameters into the average.</summary>
    public void Update()
    {
        _updates++;
        double decay = Math.Min(_decay, (1.0 + _updates) / (10.0 + _updates));
        T fresh = T.CreateTruncating(1 - decay);
        foreach ((_, T[] live, T[] average) in _entries)
        {
            Span<T> target = average.AsSpan(0, live.Length);
            for (int index = 0; index < live.Length; index++)
                target[index] += fresh * (live[index] - target[index]);
        }
    }

    /// <summary>Exchanges averages and parameters: once to use the average, once more to go on training.</summary>
    public void Swap()
    {
        foreach ((_, T[] live, T[] average) in _entries)
        {
            for (int index = 0; index < live.Length; index++)
                (live[index], average[index]) = (average[index], live[index]);
        }
    }

    /// <summary>Starts the average of one parameter again at its present value.</summary>
    public void Reset(string path)
    {
        foreach ((string name, T[] live, T[] average) in _entries)
        {
            if (name == path)
                live.CopyTo(average, 0);
        }
    }

    public void Save(StateWriter<T> state)
    {
        state.Write("updates", _updates);
        foreach ((string path, _, T[] average) in _entries)
            state.Write(path, average);
    }

    public void Load(StateReader<T> state)
    {
        _updates = state.ReadCount("updates");
        foreach ((string path, _, T[] average) in _entries)
            state.Read(path, average);
    }
}
