using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Training;

/// <summary>A training run for every stage of a <see cref="GridSchedule"/>, and what happens between them.</summary>
internal sealed class StagedRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows that ranges are looked for in; of more data, evenly spaced ones.</summary>
    private const int MaxRows = 65536;

    private readonly TrainingData<T> _data;
    private readonly FitOptions _options;
    private readonly GridSchedule _schedule;
    private readonly FitHooks<T> _hooks;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly int[] _epochs;
    private readonly StagedState<T> _state;
    private readonly Tensor<T> _inputs;
    private TrainingCheckpoint<T>? _resume;

    public StagedRun(
        KanNetwork<T> network, TrainingData<T> data, FitOptions options, FitHooks<T> hooks, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        (_data, _options, _hooks, _progress, _cancellation) = (data, options, hooks, progress, cancellation);
        _schedule = options.GridSchedule!;
        _schedule.Refine.Validate();
        _epochs = _schedule.Epochs(options.Epochs);
        _inputs = Thin(data.Inputs);
        string text = FitChecks.Settings(data, options, FitChecks.LossFor(data, options))["grid_schedule"];
        _state = new StagedState<T>($"{text} of {string.Join(", ", _epochs)} epochs");
        if (data.Validation is null && _epochs.Length > 1)
            _state.Warnings.Add("There are no validation data: grids are compared by generalised cross-validation of the training loss.");
        if (hooks.Resume is null)
            Enter(network, null);
        else
            _resume = _state.Restore(hooks.Resume, network);
    }

    /// <summary>Trains stage after stage; the result has the network of the best one.</summary>
    public FitResult<T> Run()
    {
        (Optimizer<T> Optimizer, ParameterTransfer<T> Transfer)? carried = null;
        while (true)
        {
            var run = new TrainingRun<T>(_state.Network, _data, StageOptions(), StageHooks(), StageProgress(), _cancellation);
            if (carried is var (before, transfer))
                run.Optimizer.CarryFrom(before, transfer);
            FitResult<T> result = run.Run();
            _resume = null;
            bool better = _state.Finish(result, Score(result.BestLoss), _schedule.Intervals[_state.Stage]);
            if (End(result, better) is var (reason, message))
                return _state.Result(reason, message);
            try
            {
                carried = (run.Optimizer, Enter(_state.Network, _schedule.Intervals[_state.Stage + 1])!);
            }
            catch (ArgumentException error)
            {
                return _state.Result(StopReason.EarlyStopped, $"The grids could not be refined to {_schedule.Intervals[_state.Stage + 1]} intervals: {error.Message}");
            }
        }
    }

    /// <summary>Puts a network on the grids of the first stage, if it is not on them, or of the next one.</summary>
    private ParameterTransfer<T>? Enter(KanNetwork<T> network, int? next)
    {
        int intervals = next ?? _schedule.Intervals[0];
        if (next is null && network.Layers.All(layer => layer.Options.Spline.Intervals == intervals))
        {
            _state.Enter(0, network.Clone(), []);
            return null;
        }

        RefineResult<T> refined = network.Refine(intervals, _inputs, _schedule.Refine);
        _state.Enter(next is null ? 0 : _state.Stage + 1, refined.Network, [.. refined.Layers.Select(layer => layer.Report)]);
        return new ParameterTransfer<T>(refined);
    }

    private (StopReason Reason, string Message)? End(FitResult<T> result, bool better)
    {
        int intervals = _schedule.Intervals[_state.Stage];
        if (result.Reason is StopReason.Cancelled or StopReason.TimeLimit or StopReason.Diverged)
            return (result.Reason, $"With grids of {intervals} intervals: {result.Message}");
        if (!better)
        {
            return (StopReason.EarlyStopped,
                $"Grids of {intervals} intervals did not lower the {Judged} of {_state.BestScore:G4} that {_state.BestIntervals} intervals had reached ({Score(result.BestLoss):G4}).");
        }

        if (result.BestLoss <= _options.TargetLoss)
            return (StopReason.Converged, $"With grids of {intervals} intervals: {result.Message}");
        if (_state.Stage == _schedule.Intervals.Count - 1)
            return (result.Reason, $"All {_schedule.Intervals.Count} stages are done, the last with grids of {intervals} intervals: {result.Message}");
        int next = _schedule.Intervals[_state.Stage + 1];
        long parameters = _state.Network.CountParameters() + _state.Network.Layers
            .Where(layer => layer.Coefficients.Trainable)
            .Sum(layer => (long)layer.Inputs * layer.Outputs * (next - layer.Options.Spline.Intervals));
        return _data.Validation is null && parameters >= GridScore.Values(_data)
            ? (StopReason.EarlyStopped, $"Grids of {next} intervals would give {parameters} parameters for {GridScore.Values(_data)} target values, and there are no validation data to judge by.")
            : null;
    }

    private string Judged => _data.Validation is null ? "generalised cross-validation score" : "validation loss";

    private double Score(double loss) => GridScore.Of(loss, _state.Network, _data);

    private FitOptions StageOptions() => _options with
    {
        GridSchedule = null,
        Epochs = _epochs[_state.Stage],
        Seed = unchecked(_options.Seed + (ulong)_state.Stage),
        TimeLimit = _options.TimeLimit is { } limit ? TimeSpan.FromSeconds(Math.Max(0, limit.TotalSeconds - _state.Seconds)) : null,
    };

    private FitHooks<T> StageHooks() => _hooks with
    {
        Resume = _resume,
        Checkpoints = _hooks.Checkpoints is null ? null : new StagedStore<T>(_hooks.Checkpoints, _state),
        EpochCompleted = _hooks.EpochCompleted is { } told ? (record, module) => told(_state.Numbered(record), module) : null,
    };

    private IProgress<TrainingProgress>? StageProgress()
    {
        if (_progress is null)
            return null;
        int before = _epochs.Take(_state.Stage).Sum(), total = _epochs.Sum();
        return new StageReporter(_progress, report => report with
        {
            Epoch = before + report.Epoch,
            Epochs = total,
            BestEpoch = report.BestEpoch > 0 ? _state.EpochsBefore + report.BestEpoch : _state.BestEpoch,
            Step = _state.Steps + report.Step,
            Steps = report.Epochs == 0 ? report.Steps : report.Steps / report.Epochs * total,
            Elapsed = report.Elapsed + TimeSpan.FromSeconds(_state.Seconds),
            Stage = _state.Stage + 1,
            Stages = _epochs.Length,
            Intervals = _schedule.Intervals[_state.Stage],
        });
    }

    private static Tensor<T> Thin(Tensor<T> inputs)
    {
        int rows = inputs.Shape.Rows;
        if (rows <= MaxRows)
            return inputs;
        var thin = new Tensor<T>(new Shape(MaxRows, inputs.Shape.Last));
        for (int row = 0; row < MaxRows; row++)
            inputs.Row((int)((long)row * (rows - 1) / (MaxRows - 1))).CopyTo(thin.Row(row));
        return thin;
    }

    private sealed class StageReporter(IProgress<TrainingProgress> progress, Func<TrainingProgress, TrainingProgress> complete) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report(complete(value));
    }
}
