using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>One training run: the loop over epochs and steps, what is checked between them, and the state that a checkpoint holds.</summary>
internal sealed class TrainingRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Module<T> _module;
    private readonly TrainingData<T> _data;
    private readonly FitOptions _options;
    private readonly FitHooks<T> _hooks;
    private readonly CancellationToken _cancellation;
    private readonly ProgressReporter _reporter;
    private readonly Optimizer<T> _optimizer;
    private readonly StepPlan _plan;
    private readonly EpochOrder _order;
    private readonly IStepper _stepper;
    private readonly BatchReader<T> _reader;
    private readonly Evaluator<T> _judge;
    private readonly WeightAverage<T>? _average;
    private readonly BestTracker<T> _best;
    private readonly RunState<T> _state;
    private readonly GridFollower<T> _grids;
    private TrainingCheckpoint<T>? _beforeStep;
    private int _readingEpoch = -1;
    private double _rateFactor;
    private bool _interruptedStep;

    public TrainingRun(
        Module<T> module, TrainingData<T> data, FitOptions options, FitHooks<T> hooks, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        _module = module;
        _data = data;
        _options = options;
        _hooks = hooks;
        _cancellation = cancellation;
        _reporter = new ProgressReporter(progress, options);
        Loss loss = FitChecks.LossFor(data, options);
        _optimizer = options.Optimizer.Bind(module, options.Executor);
        FitChecks.RequireSteadySamples(data, options, _optimizer);
        _plan = new StepPlan(data.Count, options, _optimizer.TakesAllData);
        _order = new EpochOrder(data.Count, options.Shuffle, options.Seed);
        var objective = new Objective<T>(module, data, loss, hooks, options);
        _reader = objective.Reader;
        _stepper = _optimizer.CreateStepper(new StepperContext<T>(module, objective, _plan, options, ThrowIfInterrupted));
        _judge = new Evaluator<T>(module, data.Validation ?? data, loss, options.EvaluationBatch, options.Executor);
        _average = options.AverageDecay > 0 ? new WeightAverage<T>(module, options.AverageDecay) : null;
        _grids = new GridFollower<T>(module, data, options, _optimizer, _average);
        _best = new BestTracker<T>(module, options.EarlyStopping?.MinDelta ?? 0);
        _state = new RunState<T>(module, _optimizer, _average, _best, FitChecks.Settings(data, options, loss));
        if (hooks.Resume is not null)
            Resume(hooks.Resume);
    }

    /// <summary>The optimiser with its state.</summary>
    public Optimizer<T> Optimizer => _optimizer;

    /// <summary>Trains until something stops it; the module then holds the best parameters.</summary>
    public FitResult<T> Run()
    {
        try
        {
            (StopReason reason, string message) = Train();
            if (_beforeStep is not null)
                _hooks.Checkpoints?.Save(_beforeStep);
            else if (reason != StopReason.Diverged)
                _hooks.Checkpoints?.Save(Capture());
            if (reason is StopReason.Cancelled or StopReason.TimeLimit)
                JudgePartialEpoch();
            return Result(reason, message);
        }
        finally
        {
            _reader.Dispose();
            _best.Restore();
        }
    }

    /// <summary>One optimiser step and its bookkeeping; null, or where a non-finite value arose.</summary>
    internal string? Step()
    {
        ReadAhead();
        ReadOnlySpan<int> rows = _plan.Rows(_order.Rows, _state.StepInEpoch);
        _rateFactor = _options.Schedule.Factor(new SchedulePoint(_state.Epoch, _state.Step, _plan.Steps));
        string? failure = _stepper.Take(rows, _state.Step, _rateFactor);
        _state.Samples += _stepper.Samples;
        if (failure is not null)
            return failure;
        _average?.Update();
        _state.Sums.Add(_stepper.Loss, _stepper.Penalty, _stepper.Weight);
        _state.Step++;
        _state.StepInEpoch++;
        return null;
    }

    /// <summary>What happens before the first step of an epoch; null, or where a non-finite value arose.</summary>
    internal string? BeginEpoch()
    {
        _order.Start(_state.Epoch);
        if (_options.GridUpdates is { } schedule && schedule.Applies(_state.Epoch) && _grids.Apply(schedule, _order.Rows) is { } failure)
            return failure;
        _state.EpochBegun = true;
        return null;
    }

    /// <summary>Tells the reader what the rest of the epoch takes; the epoch may have begun in an earlier run.</summary>
    private void ReadAhead()
    {
        if (_readingEpoch == _state.Epoch || _optimizer.TakesAllData)
            return;
        _readingEpoch = _state.Epoch;
        _reader.StartEpoch(_state.Epoch, _order.Rows[(_state.StepInEpoch * _plan.SamplesPerStep)..], _plan.Batch);
    }

    private (StopReason Reason, string Message) Train()
    {
        if (!_state.EpochBegun && Stop() is { } done)
            return done;
        while (_state.Epoch < _options.Epochs)
        {
            if (Interruption() is { } early)
                return early;
            if (!_state.EpochBegun && BeginEpoch() is { } unmoved)
                return (StopReason.Diverged, $"Epoch {_state.Epoch + 1}, grid update: {unmoved}.");
            while (_state.StepInEpoch < _plan.StepsPerEpoch)
            {
                if (Interruption() is { } stop)
                    return stop;
                try
                {
                    KeepStateOfSolver();
                    if (Step() is { } failure)
                        return (StopReason.Diverged, $"Epoch {_state.Epoch + 1}, step {_state.StepInEpoch + 1}: {failure}.");
                    _beforeStep = null;
                }
                catch (OperationCanceledException) when (Interruption() is not null)
                {
                    _interruptedStep = true;
                    return Interruption()!.Value;
                }

                if (_reporter.IsDue && _state.StepInEpoch < _plan.StepsPerEpoch)
                    Report();
            }

            if (EndEpoch() is { } end)
                return end;
        }

        return (StopReason.BudgetReached, $"All {_options.Epochs} epochs are done.");
    }

    private (StopReason Reason, string Message)? EndEpoch()
    {
        double rate = _options.Optimizer.LearningRate * _rateFactor;
        _average?.Swap();
        double selection = _state.Sums.Loss + _state.Sums.Penalty;
        double? validation = null;
        double[] metrics = [];
        try
        {
            if (_data.Validation is not null)
                selection = (validation = _judge.Loss()).Value;
            double loss = selection;
            if (_hooks.Metrics.Count > 0 || _hooks.Selection is not null)
            {
                Tensor<T> outputs = _judge.Outputs();
                metrics = [.. _hooks.Metrics.Select(metric => metric.Compute(outputs, _data.Validation ?? _data))];
                if (_hooks.Selection is { } chooser && double.IsFinite(selection))
                    selection = chooser.Compute(outputs, _data.Validation ?? _data);
            }

            if (double.IsFinite(selection))
                _best.Consider(selection, _state.Epoch + 1, loss);
        }
        finally
        {
            _average?.Swap();
        }

        if (!double.IsFinite(selection))
            return (StopReason.Diverged, $"Epoch {_state.Epoch + 1}: the validation loss is {selection} although the training loss is finite.");
        _state.History.Add(new EpochRecord(
            _state.Epoch + 1, _state.Sums.Loss, _state.Sums.Penalty, validation, metrics, rate, _reporter.Seconds)
        {
            Solver = _stepper.Trace,
        });
        Report();
        _hooks.EpochCompleted?.Invoke(_state.History[^1], _module);
        _state.Converged = _stepper.Converged;
        _state.NextEpoch();
        if (_hooks.Checkpoints is not null && _state.Epoch % _options.CheckpointEvery == 0 && _state.Epoch < _options.Epochs)
            _hooks.Checkpoints.Save(Capture());
        return Stop();
    }

    /// <summary>Whether the last completed epoch was to be the last one; depends on the state alone, so that a resumed run knows, too.</summary>
    private (StopReason Reason, string Message)? Stop()
    {
        if (_state.History is not [.., EpochRecord last])
            return null;
        double selection = last.ValidationLoss ?? last.TrainingLoss + last.Penalty;
        if (selection <= _options.TargetLoss)
            return (StopReason.Converged, $"The loss {selection:G4} reached the target {_options.TargetLoss:G4} in epoch {_state.Epoch}.");
        if (_state.Converged)
            return (StopReason.Converged, $"The optimiser can not lower the loss any further (epoch {_state.Epoch}).");
        if (_options.EarlyStopping is { } stopping && _best.Stale >= stopping.Patience)
            return (StopReason.EarlyStopped, $"No improvement in {stopping.Patience} epochs; the best was epoch {_best.Epoch}.");
        return null;
    }

    /// <summary>After an interruption within an epoch the present parameters may be better than the best epoch's.</summary>
    private void JudgePartialEpoch()
    {
        if (_state.Sums.IsEmpty && !_interruptedStep)
            return;
        _average?.Swap();
        double loss = _data.Validation is not null ? _judge.Loss() : _interruptedStep ? _stepper.LossWithinStep : _state.Sums.Loss + _state.Sums.Penalty;
        if (double.IsFinite(loss))
            _best.Consider(_hooks.Selection is { } chooser ? chooser.Compute(_judge.Outputs(), _data.Validation ?? _data) : loss, _state.Epoch + 1, loss);
        _average?.Swap();
    }

    private (StopReason Reason, string Message)? Interruption() =>
        _cancellation.IsCancellationRequested ? (StopReason.Cancelled, $"Cancelled in epoch {_state.Epoch + 1}.")
        : _reporter.LimitReached ? (StopReason.TimeLimit, $"The time limit was reached in epoch {_state.Epoch + 1}.")
        : null;

    private void ThrowIfInterrupted()
    {
        if (Interruption() is not null)
            throw new OperationCanceledException(_cancellation);
    }

    /// <summary>A solver step that is interrupted can not be continued, only repeated: its starting state is what a checkpoint must hold.</summary>
    private void KeepStateOfSolver()
    {
        if (_hooks.Checkpoints is not null && _optimizer.TakesAllData)
            _beforeStep = Capture();
    }

    private TrainingCheckpoint<T> Capture() => _state.Capture(_reporter.Seconds, _grids.Warnings);

    private void Resume(TrainingCheckpoint<T> checkpoint)
    {
        _state.Restore(checkpoint);
        if (_state.StepInEpoch < 0 || _state.StepInEpoch > _plan.StepsPerEpoch || _state.Epoch != _state.History.Count)
            throw new ArgumentException($"The checkpoint stands at step {_state.StepInEpoch} of epoch {_state.Epoch + 1} with {_state.History.Count} epochs of history; an epoch has {_plan.StepsPerEpoch} steps.");
        _order.Start(_state.Epoch);
        _grids.Resume(checkpoint.Warnings);
        _reporter.Resume(checkpoint.Numbers.GetValueOrDefault("seconds"), _state.Step);
    }

    private void Report() => _reporter.Send(
        new TrainingProgress
        {
            Epoch = _state.Epoch + 1,
            Epochs = _options.Epochs,
            Step = _state.Step,
            Steps = _plan.Steps,
            Loss = _state.Sums.Loss,
            ValidationLoss = _state.History.LastOrDefault()?.ValidationLoss,
            BestEpoch = _best.Epoch,
            Metrics = _state.History.LastOrDefault()?.Metrics ?? [],
        },
        _state.Samples);

    private FitResult<T> Result(StopReason reason, string message) => new()
    {
        Module = _module,
        Reason = reason,
        Message = message,
        History = [.. _state.History],
        BestEpoch = _best.Epoch,
        BestLoss = _best.Loss,
        Steps = _state.Step,
        Seconds = _reporter.Seconds,
        SamplesPerSecond = _state.Samples / Math.Max(_reporter.Seconds, 1e-9),
        Warnings = [.. FitChecks.Warnings(_module, _options, _optimizer), .. _grids.Warnings],
    };
}
