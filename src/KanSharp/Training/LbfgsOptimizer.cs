using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>State of <see cref="Lbfgs"/> over the trainable parameters of a module.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LbfgsOptimizer<T> : QuasiNewtonOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CurvatureHistory<T> _history;
    private readonly double _curvatureTolerance;

    internal LbfgsOptimizer(Module<T> module, Lbfgs options, Executor? executor)
        : base(module, options, executor)
    {
        _history = new CurvatureHistory<T>(Size, options.History);
        _curvatureTolerance = options.CurvatureTolerance;
    }

    private protected override bool Fresh => _history.Count == 0;

    internal override void Save(StateWriter<T> state)
    {
        base.Save(state);
        _history.Save(state);
    }

    internal override void Load(StateReader<T> state)
    {
        base.Load(state);
        _history.Load(state);
    }

    internal override void CarryFrom(Optimizer<T> before, ParameterTransfer<T> transfer) =>
        _history.CarryFrom(((LbfgsOptimizer<T>)before)._history, (role, source, target) => Carry(before, transfer, role, source, target));

    private protected override void Direction(ReadOnlySpan<T> gradient, Span<T> direction) => _history.Direction(gradient, direction);

    private protected override void Learn(double step, ReadOnlySpan<T> direction, ReadOnlySpan<T> before, ReadOnlySpan<T> after) =>
        _history.Push(step, direction, before, after, _curvatureTolerance);

    private protected override void Forget() => _history.Clear();
}
