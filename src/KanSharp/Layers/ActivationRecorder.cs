using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>
/// Keeps what flows into and out of every KAN layer during a forward pass, for penalties on activations and for looking inside. It starts
/// afresh whenever the tape has been reset or another tape is used.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ActivationRecorder<T> : ITapeObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Var<T>> _inputs = [];
    private readonly List<Var<T>> _outputs = [];
    private Tape<T>? _tape;
    private long _recording;

    /// <summary>Input [..., I] of every layer of the last pass, in the order of computation; valid until the tape is reset.</summary>
    public IReadOnlyList<Var<T>> Inputs => _inputs;

    /// <summary>Output [..., O] of every layer of the last pass; penalties may be computed from it on the tape.</summary>
    public IReadOnlyList<Var<T>> Outputs => _outputs;

    /// <inheritdoc/>
    public void Enter(object layer, Var<T> x)
    {
        if (x.Tape == _tape && x.Tape.Recording == _recording)
            return;
        _tape = x.Tape;
        _recording = x.Tape.Recording;
        _inputs.Clear();
        _outputs.Clear();
    }

    /// <inheritdoc/>
    public void Leave(object layer, Var<T> x, Var<T> y)
    {
        if (layer is not KanLinear<T>)
            return;
        _inputs.Add(x);
        _outputs.Add(y);
    }
}
