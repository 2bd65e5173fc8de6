using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>State of <see cref="SelfScaledQuasiNewton"/>: an approximation H of the inverse Hessian.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SelfScaledOptimizer<T> : QuasiNewtonOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SelfScaledQuasiNewton _options;
    private readonly PackedSymmetricMatrix<T> _inverse;
    private readonly T[] _step;
    private readonly T[] _change;
    private readonly T[] _product;
    private readonly T[] _gradient;
    private readonly T[] _next;
    private bool _learned;
    private bool _nextKnown;

    internal SelfScaledOptimizer(Module<T> module, SelfScaledQuasiNewton options, Executor? executor)
        : base(module, options, executor)
    {
        if (Size > options.MaxParameters)
        {
            double gigabytes = (double)Size * (Size + 1) / 2 * Unsafe.SizeOf<T>() / 1e9;
            throw new ArgumentException(
                $"{module.GetType().Name} has {Size} trainable parameters; '{options.Name}' keeps a dense inverse Hessian, {gigabytes:F1} GB here, and takes "
                + $"at most MaxParameters = {options.MaxParameters}. Use Lbfgs, or raise MaxParameters if there is the memory.", nameof(module));
        }

        _options = options;
        _inverse = new PackedSymmetricMatrix<T>(Size, Executor);
        _step = new T[Size];
        _change = new T[Size];
        _product = new T[Size];
        _gradient = new T[Size];
        _next = new T[Size];
    }

    private protected override bool Fresh => !_learned;

    internal override void Save(StateWriter<T> state)
    {
        base.Save(state);
        state.Write("learned", _learned ? 1 : 0);
        if (!_learned)
            return;
        state.Write("inverse_hessian", _inverse.Values);
        state.Write("step", _step);
        state.Write("change", _change);
        state.Write("next_known", _nextKnown ? 1 : 0);
        state.Write("gradient", _gradient);
        state.Write("next", _next);
    }

    internal override void Load(StateReader<T> state)
    {
        base.Load(state);
        _learned = state.ReadCount("learned") != 0;
        _nextKnown = false;
        if (!_learned)
            return;
        state.Read("inverse_hessian", _inverse.Values);
        state.Read("step", _step);
        state.Read("change", _change);
        _nextKnown = state.ReadCount("next_known") != 0;
        state.Read("gradient", _gradient);
        state.Read("next", _next);
    }

    /// <remarks>
    /// H goes to A·H·Aᵀ + c·(I − A·A⁺): what was learned about the old functions stays, and along functions that only the new grids have it is the multiple of the
    /// identity that fits the last pair, as at the very start.
    /// </remarks>
    internal override void CarryFrom(Optimizer<T> before, ParameterTransfer<T> transfer)
    {
        var old = (SelfScaledOptimizer<T>)before;
        Forget();
        if (!old._learned)
            return;
        Carry(before, transfer, StateRole.Step, old._step, _step);
        Carry(before, transfer, StateRole.Gradient, old._change, _change);
        double scale = VectorDot.Dot<T>(_step, _change) / VectorDot.Dot<T>(_change, _change);
        if (!(scale > 0) || double.IsInfinity(scale))
            return;

        // A·H column by column, then (A·H)·Aᵀ row by row
        var half = new T[old.Size][];
        var vector = new T[old.Size];
        for (int column = 0; column < old.Size; column++)
        {
            for (int row = 0; row < old.Size; row++)
                vector[row] = old._inverse[row, column];
            half[column] = new T[Size];
            Carry(before, transfer, StateRole.Step, vector, half[column]);
        }

        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < old.Size; column++)
                vector[column] = half[column][row];
            Carry(before, transfer, StateRole.Step, vector, _product);
            for (int column = 0; column <= row; column++)
                _inverse[row, column] = _product[column];
        }

        int offset = 0;
        foreach (ParameterSlot<T> slot in Slots)
        {
            transfer.ForComplement(slot.Path, offset, (row, column, value) => _inverse[row, column] += T.CreateTruncating(scale * value));
            offset += slot.Count;
        }

        _learned = true;
    }

    private protected override void Direction(ReadOnlySpan<T> gradient, Span<T> direction)
    {
        if (!_learned)
        {
            gradient.CopyTo(direction);
        }
        else
        {
            if (!_nextKnown || !gradient.SequenceEqual(_gradient))
            {
                gradient.CopyTo(_gradient);
                _inverse.Multiply(_gradient, _next);
            }

            _next.CopyTo(direction);
        }

        foreach (ref T element in direction)
            element = -element;
    }

    private protected override void Learn(double step, ReadOnlySpan<T> direction, ReadOnlySpan<T> before, ReadOnlySpan<T> after)
    {
        _nextKnown = false;
        T factor = T.CreateTruncating(step);
        for (int index = 0; index < _step.Length; index++)
        {
            _step[index] = factor * direction[index];
            _change[index] = after[index] - before[index];
        }

        double curvature = VectorDot.Dot<T>(_step, _change);
        double changeSquare = VectorDot.Dot<T>(_change, _change);
        if (!(curvature > _options.CurvatureTolerance * Math.Sqrt(VectorDot.Dot<T>(_step, _step) * changeSquare)) || double.IsInfinity(curvature))
            return;
        double expected = -step * VectorDot.Dot<T>(_step, before) / curvature;
        if (!_learned)
        {
            // H starts as the multiple of the identity that fits the first pair (Nocedal and Wright 2006, eq. 6.20); it was 1 for the step
            double scale = curvature / changeSquare;
            _inverse.SetIdentity(T.CreateTruncating(scale));
            expected /= scale;
            _learned = true;
        }

        _inverse.Multiply(_change, _product);
        double spread = VectorDot.Dot<T>(_change, _product);
        RankTwoUpdate update = SelfScaledUpdate.Choose(_options.Variant, Size, curvature, spread, expected);
        after.CopyTo(_gradient);
        if (!update.IsFinite)
        {
            Forget();
            return;
        }

        _inverse.UpdateAndMultiply(update, _step, _product, _gradient, _next);
        _nextKnown = true;
    }

    private protected override void Forget() => _learned = _nextKnown = false;
}
