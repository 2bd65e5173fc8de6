using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Cli.Runs;

/// <summary>A copy of what a network holds, to put back later.</summary>
internal sealed class TrainedState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (Autodiff.Tensor<T> Live, Autodiff.Tensor<T> Copy)[] _tensors;

    public TrainedState(Module<T> network) => _tensors =
    [
        .. network.Parameters().Select(entry => (entry.Parameter.Value, entry.Parameter.Value.Clone())),
        .. network.States().Select(entry => (entry.State.Value, entry.State.Value.Clone())),
    ];

    public void Restore()
    {
        foreach ((Autodiff.Tensor<T> live, Autodiff.Tensor<T> copy) in _tensors)
            copy.Span.CopyTo(live.Span);
    }
}
