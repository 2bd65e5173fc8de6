using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Steps of optimisers that need the whole loss: every evaluation goes through all samples.</summary>
internal sealed class FullBatchStepper<T> : IStepper
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Module<T> _module;
    private readonly Objective<T> _objective;
    private readonly FullBatchOptimizer<T> _optimizer;
    private readonly StepPlan _plan;
    private readonly ulong _seed;
    private readonly Action _checkInterruption;
    private readonly Func<double> _evaluate;
    private readonly List<(double Total, double Penalty)> _evaluations = [];
    private readonly int[] _rows;
    private string? _failure;
    private long _step;

    public FullBatchStepper(StepperContext<T> context, FullBatchOptimizer<T> optimizer)
    {
        _module = context.Module;
        _objective = context.Objective;
        _optimizer = optimizer;
        _plan = context.Plan;
        _seed = context.Options.Seed;
        _checkInterruption = context.CheckInterruption;
        _evaluate = Evaluate;
        _rows = [.. Enumerable.Range(0, _objective.Reader.Data.Count)];
        Weight = _objective.Reader.TotalWeight(_rows);
    }

    public double Loss { get; private set; }

    public double Penalty { get; private set; }

    public double Weight { get; }

    public bool Converged => _optimizer.Status == SolverStatus.Converged;

    public double LossWithinStep => _optimizer.Loss;

    public long Samples { get; private set; }

    /// <inheritdoc/>
    /// <remarks>The samples are taken in their own order, so that every evaluation adds up in the same one.</remarks>
    public string? Take(ReadOnlySpan<int> rows, long step, double rateFactor)
    {
        _step = step;
        _failure = null;
        _evaluations.Clear();
        Samples = 0;
        _optimizer.Step(_evaluate, rateFactor);
        if (_optimizer.Status == SolverStatus.NonFinite)
            return _failure ?? "the gradient is not finite although the loss is";
        Penalty = PenaltyAt(_optimizer.Loss);
        Loss = _optimizer.Loss - Penalty;
        return null;
    }

    private double Evaluate()
    {
        bool first = _evaluations.Count == 0;
        _objective.Begin();
        for (int start = 0; start < _rows.Length; start += _plan.Batch)
        {
            _checkInterruption();
            ReadOnlySpan<int> batch = _rows.AsSpan(start, Math.Min(_plan.Batch, _rows.Length - start));
            double weight = _objective.Reader.TotalWeight(batch);
            Samples += batch.Length;
            if (weight == 0)
                continue;
            _objective.Add(batch, weight / Weight, BatchStepper<T>.Key(_seed, _step, start), commit: first);
            if (_objective.IsFinite)
                continue;
            if (first)
                _failure = NonFiniteSearch.Describe(_module, _objective.Reader, batch, _objective.Output);
            break;
        }

        double value = _objective.Loss + _objective.Penalty;
        _evaluations.Add((value, _objective.Penalty));
        return value;
    }

    private double PenaltyAt(double total)
    {
        foreach ((double value, double penalty) in _evaluations)
        {
            if (value == total)
                return penalty;
        }

        return 0;
    }
}
