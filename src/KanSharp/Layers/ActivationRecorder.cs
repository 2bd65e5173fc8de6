using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>
/// Keeps what flows into and out of every KAN layer during a forward pass, for penalties on activations and for looking inside. It starts
/// afresh whenever the tape has been reset.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ActivationRecorder<T> : ITapeObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Var<T>> _inputs = [];
    private readonly List<Var<T>> _outputs = [];
    private int _position;

    /// <summary>Input [..., I] of every layer of the last pass, in the order of computation; valid until the tape is reset.</summary>
    public IReadOnlyList<Var<T>> Inputs => _inputs;

    /// <summary>Output [..., O] of every layer of the last pass; penalties may be computed from it on the tape.</summary>
    public IReadOnlyList<Var<T>> Outputs => _outputs;

    /// <inheritdoc/>
    public void Enter(object layer, Var<T> x)
    {
        if (x.Tape.Count < _position)
        {
            _inputs.Clear();
            _outputs.Clear();
        }

        _position = x.Tape.Count;
    }

    /// <inheritdoc/>
    public void Leave(object layer, Var<T> x, Var<T> y)
    {
        _inputs.Add(x);
        _outputs.Add(y);
        _position = y.Tape.Count;
    }
}
