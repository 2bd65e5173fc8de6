using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>State of <see cref="Lbfgs"/> over the trainable parameters of a module.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LbfgsOptimizer<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Lbfgs _options;
    private readonly CurvatureHistory<T> _history;
    private readonly LineSearch<T> _search;
    private readonly T[] _origin;
    private readonly T[] _direction;
    private readonly Action<LinePoint<T>> _evaluatePoint;
    private readonly LinePoint<T> _current;
    private readonly bool[] _moves;
    private Func<double>? _evaluate;

    internal LbfgsOptimizer(Module<T> module, Lbfgs options, Executor? executor)
        : base(module, [], executor)
    {
        _options = options;
        int size = Slots.Sum(slot => slot.Count);
        _history = new CurvatureHistory<T>(size, options.History);
        _search = new LineSearch<T>(size, options.ChangeTolerance);
        _origin = new T[size];
        _direction = new T[size];
        _current = new LinePoint<T>(size) { Loss = double.PositiveInfinity };
        _evaluatePoint = EvaluatePoint;
        _moves = new bool[Slots.Length];
        Array.Fill(_moves, true);
    }

    /// <summary>How the last step ended.</summary>
    public SolverStatus Status { get; private set; }

    /// <summary>Loss at the parameters that the last step ended with; +∞ before the first.</summary>
    public double Loss => _current.Loss;

    /// <summary>Evaluations of loss and gradient in all steps.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Iterations in all steps.</summary>
    public long Iterations { get; private set; }

    /// <inheritdoc/>
    /// <remarks>An exception from <paramref name="evaluate"/> leaves the parameters at the last accepted point.</remarks>
    public override double Step(Func<double> evaluate, double learningRateFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        _evaluate = evaluate;
        FollowFreezing();
        ReadParameters(_origin);
        try
        {
            return Iterate(learningRateFactor);
        }
        catch
        {
            WriteParameters(_origin);
            throw;
        }
        finally
        {
            _evaluate = null;
        }
    }

    /// <summary>Forgets all curvature pairs: one changed parameter makes every pair wrong.</summary>
    /// <param name="path">Ignored.</param>
    public override void Reset(string? path = null)
    {
        _history.Clear();
        _current.Loss = double.PositiveInfinity;
    }

    internal override void Save(StateWriter<T> state)
    {
        _history.Save(state);
        state.Write("evaluations", Evaluations);
        state.Write("iterations", Iterations);
    }

    internal override void Load(StateReader<T> state)
    {
        _history.Load(state);
        Evaluations = state.ReadCount("evaluations");
        Iterations = state.ReadCount("iterations");
    }

    /// <summary>Curvature was learned with the parameters that were trainable; with others it is wrong.</summary>
    private void FollowFreezing()
    {
        bool changed = false;
        for (int slot = 0; slot < Slots.Length; slot++)
        {
            changed |= _moves[slot] != Slots[slot].Parameter.Trainable;
            _moves[slot] = Slots[slot].Parameter.Trainable;
        }

        if (changed)
            Reset();
    }

    private double Iterate(double learningRateFactor)
    {
        _current.Step = 0;
        EvaluateHere(_current);
        long firstEvaluation = Evaluations - 1;
        double first = _current.Loss;
        int maxEvaluations = _options.MaxEvaluations > 0 ? _options.MaxEvaluations : _options.MaxIterations * 5 / 4;
        Status = Judge();
        for (int iteration = 0; iteration < _options.MaxIterations && Status == SolverStatus.Continues; iteration++)
        {
            if (!Advance(_options.LearningRate * learningRateFactor) || Evaluations - firstEvaluation >= maxEvaluations)
                break;
        }

        return first;
    }

    /// <summary>One iteration; false when the step should end.</summary>
    private bool Advance(double rate)
    {
        bool fresh = _history.Count == 0;
        _history.Direction(_current.Gradient, _direction);
        _current.Step = 0;
        _current.Slope = VectorDot.Dot<T>(_current.Gradient, _direction);
        if (!fresh && !(_current.Slope < 0))
        {
            _history.Clear();
            return Advance(rate);
        }

        if (_current.Slope > -_options.ChangeTolerance)
        {
            Status = SolverStatus.Converged;
            return false;
        }

        Iterations++;
        double step = fresh ? Math.Min(1, 1 / VectorDot.SumMagnitude<T>(_current.Gradient)) * rate : rate;
        double extent = VectorDot.MaxMagnitude<T>(_direction);
        LinePoint<T> found = _search.Search(_evaluatePoint, _current, step, extent);
        MoveTo(found.Step);
        if (found == _current || found.Step == 0)
        {
            Status = fresh ? SolverStatus.Converged : SolverStatus.Continues;
            _history.Clear();
            return !fresh;
        }

        _history.Push(found.Step, _direction, _current.Gradient, found.Gradient, _options.CurvatureTolerance);
        double change = Math.Abs(found.Loss - _current.Loss);
        _current.CopyFrom(found);
        ReadParameters(_origin);
        Status = Judge();
        return extent * found.Step > _options.ChangeTolerance && change >= _options.ChangeTolerance;
    }

    private SolverStatus Judge()
    {
        double largest = VectorDot.MaxMagnitude<T>(_current.Gradient);
        return !double.IsFinite(_current.Loss) || !double.IsFinite(largest) ? SolverStatus.NonFinite
            : largest <= _options.GradientTolerance ? SolverStatus.Converged
            : SolverStatus.Continues;
    }

    private void EvaluatePoint(LinePoint<T> point)
    {
        MoveTo(point.Step);
        EvaluateHere(point);
        point.Slope = VectorDot.Dot<T>(point.Gradient, _direction);
    }

    private void EvaluateHere(LinePoint<T> point)
    {
        ClearGradients();
        point.Loss = _evaluate!();
        Evaluations++;
        int offset = 0;
        foreach (ParameterSlot<T> slot in Slots)
        {
            Span<T> gradient = point.Gradient.AsSpan(offset, slot.Count);
            if (slot.Parameter.Trainable)
                slot.Parameter.Gradient.CopyTo(gradient);
            else
                gradient.Clear(); // and so is its part of every direction
            offset += slot.Count;
        }
    }

    /// <summary>Sets the parameters to origin + step · direction.</summary>
    private void MoveTo(double step)
    {
        if (step == 0)
        {
            // 0 times an element of the direction that has overflowed would be NaN
            WriteParameters(_origin);
            return;
        }

        T factor = T.CreateTruncating(step);
        int offset = 0;
        foreach (ParameterSlot<T> slot in Slots)
        {
            Span<T> target = slot.Parameter.Trainable ? slot.Parameter.Value.Span : [];
            for (int index = 0; index < target.Length; index++)
                target[index] = _origin[offset + index] + factor * _direction[offset + index];
            offset += slot.Count;
        }
    }

    private void WriteParameters(ReadOnlySpan<T> source)
    {
        int offset = 0;
        foreach (ParameterSlot<T> slot in Slots)
        {
            source.Slice(offset, slot.Count).CopyTo(slot.Parameter.Value.Span);
            offset += slot.Count;
        }
    }

    private void ReadParameters(Span<T> target)
    {
        int offset = 0;
        foreach (ParameterSlot<T> slot in Slots)
        {
            slot.Parameter.Value.Span.CopyTo(target[offset..]);
            offset += slot.Count;
        }
    }
}
