using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>A copy of all parameters and state tensors of a module.</summary>
internal sealed class ModuleSnapshot<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (string Name, Tensor<T> Live, T[] Copy)[] _entries;

    public ModuleSnapshot(Module<T> module)
    {
        _entries =
        [
            .. module.Parameters().Select(entry => ($"parameters/{entry.Path}", entry.Parameter.Value, entry.Parameter.Value.Span.ToArray())),
            .. module.States().Select(entry => ($"states/{entry.Path}", entry.State.Value, entry.State.Value.Span.ToArray())),
        ];
    }

    /// <summary>Copies the module's present values.</summary>
    public void Take()
    {
        foreach ((_, Tensor<T> live, T[] copy) in _entries)
            live.Span.CopyTo(copy);
    }

    /// <summary>Writes the copied values back into the module.</summary>
    public void Restore()
    {
        foreach ((_, Tensor<T> live, T[] copy) in _entries)
            copy.CopyTo(live.Span);
    }

    public void Save(StateWriter<T> state)
    {
        foreach ((string name, _, T[] copy) in _entries)
            state.Write(name, copy);
    }

    public void Load(StateReader<T> state)
    {
        foreach ((string name, _, T[] copy) in _entries)
            state.Read(name, copy);
    }
}
