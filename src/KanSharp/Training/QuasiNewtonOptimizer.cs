using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// A quasi-Newton method over the trainable parameters of a module: direction from learned curvature, step along it, new curvature from the change
/// of the gradient. What the curvature is kept in, a derived class decides.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class QuasiNewtonOptimizer<T> : FullBatchOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly QuasiNewtonOptions _options;
    private readonly LineSearch<T> _search;
    private readonly ParameterLine<T> _line;
    private readonly Action<LinePoint<T>> _evaluatePoint;
    private readonly LinePoint<T> _current;
    private Func<double>? _evaluate;

    private protected QuasiNewtonOptimizer(Module<T> module, QuasiNewtonOptions options, Executor? executor)
        : base(module, executor)
    {
        _options = options;
        _line = new ParameterLine<T>(Slots);
        _search = new LineSearch<T>(_line.Size, options.ChangeTolerance, options.WolfeCurvature);
        _current = new LinePoint<T>(_line.Size) { RawLoss = double.PositiveInfinity };
        _evaluatePoint = EvaluatePoint;
    }

    /// <inheritdoc/>
    public override double Loss => _current.RawLoss;

    /// <summary>Number of parameters.</summary>
    private protected int Size => _line.Size;

    /// <summary>Whether nothing is known of the curvature, so that the direction is that of steepest descent.</summary>
    private protected abstract bool Fresh { get; }

    /// <inheritdoc/>
    /// <remarks>An exception from <paramref name="evaluate"/> leaves the parameters at the last accepted point.</remarks>
    public override double Step(Func<double> evaluate, double learningRateFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        _evaluate = evaluate;
        if (_line.FreezingChanged())
            Reset(); // curvature was learned with the parameters that were trainable; with others it is wrong
        _line.Start();
        try
        {
            return Iterate(learningRateFactor);
        }
        catch
        {
            _line.MoveTo(0);
            throw;
        }
        finally
        {
            _evaluate = null;
        }
    }

    /// <summary>Forgets everything about the curvature: one changed parameter makes all of it wrong.</summary>
    /// <param name="path">Ignored.</param>
    public override void Reset(string? path = null)
    {
        Forget();
        _current.RawLoss = double.PositiveInfinity;
    }

    /// <summary>The direction −H·gradient.</summary>
    private protected abstract void Direction(ReadOnlySpan<T> gradient, Span<T> direction);

    /// <summary>Takes in the gradients before and after a step along a direction.</summary>
    private protected abstract void Learn(double step, ReadOnlySpan<T> direction, ReadOnlySpan<T> before, ReadOnlySpan<T> after);

    /// <summary>Forgets what was learned.</summary>
    private protected abstract void Forget();

    /// <summary>Carries one number per parameter over from the optimiser of the network before a refinement.</summary>
    private protected void Carry(Optimizer<T> before, ParameterTransfer<T> transfer, StateRole role, ReadOnlySpan<T> source, Span<T> target)
    {
        for (int index = 0; index < Slots.Length; index++)
        {
            int old = before.Slots[index].Count, count = Slots[index].Count;
            transfer.Carry(role, Slots[index].Path, source[..old], target[..count]);
            source = source[old..];
            target = target[count..];
        }
    }

    private double Iterate(double learningRateFactor)
    {
        _current.Step = 0;
        EvaluateHere(_current);
        long firstEvaluation = Evaluations - 1;
        double first = _current.RawLoss;
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
        bool fresh = Fresh;
        Direction(_current.Gradient, _line.Direction);
        _current.Step = 0;
        _current.Slope = VectorDot.Dot<T>(_current.Gradient, _line.Direction);
        if (!fresh && !(_current.Slope < 0))
        {
            Forget();
            return Advance(rate);
        }

        if (_current.Slope > -_options.ChangeTolerance)
        {
            Status = SolverStatus.Converged;
            return false;
        }

        Iterations++;
        double step = fresh ? Math.Min(1, 1 / VectorDot.SumMagnitude<T>(_current.Gradient)) * rate : rate;
        double extent = VectorDot.MaxMagnitude<T>(_line.Direction);
        LinePoint<T> found = _options.Search == StepSearch.None
            ? _search.Take(_evaluatePoint, _current, step)
            : _search.Search(_evaluatePoint, _current, step, extent);
        _line.MoveTo(found.Step);
        if (found == _current || found.Step == 0)
        {
            Status = !fresh ? SolverStatus.Continues
                : _options.Search == StepSearch.None ? SolverStatus.NonFinite
                : SolverStatus.Converged;
            Forget();
            return !fresh;
        }

        Learn(found.Step, _line.Direction, _current.Gradient, found.Gradient);
        double change = Math.Abs(found.Loss - _current.Loss);
        _current.CopyFrom(found);
        _line.Start();
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
        _line.MoveTo(point.Step);
        EvaluateHere(point);
        point.Slope = VectorDot.Dot<T>(point.Gradient, _line.Direction);
    }

    private void EvaluateHere(LinePoint<T> point)
    {
        ClearGradients();
        point.RawLoss = _evaluate!();
        Evaluations++;
        _line.ReadGradient(point.Gradient);
        TransformedLoss.Apply(_options.Transform, point);
    }
}
