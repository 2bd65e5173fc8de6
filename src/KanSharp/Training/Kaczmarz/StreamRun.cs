using System.Numerics;
using KanSharp.Data;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// A training run over records that are read again in every epoch. A window of records is in memory at a time; it is a whole number of rounds, so that without
/// shuffling the rounds are those of a run in memory.
/// </summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed class StreamRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Records of a window at least.</summary>
    public const int SmallestWindow = 1 << 16;

    private readonly IRecordSource<T> _source;
    private readonly FitOptions _options;
    private readonly TrainingData<T>? _validation;
    private readonly CancellationToken _cancellation;
    private readonly NewtonKaczmarzOptimizer<T> _optimizer;
    private readonly ProgressReporter _reporter;
    private readonly BestTracker<T> _best;
    private readonly Evaluator<T>? _judge;
    private readonly EpochSums _sums = new();
    private readonly List<EpochRecord> _history = [];
    private readonly T[] _inputs;
    private readonly T[] _targets;
    private readonly int[] _order;
    private readonly double[] _targetScale;
    private readonly int _round;
    private long? _count;
    private long _step;
    private long _samples;
    private double _rateFactor = 1;
    private bool _scaled;

    public StreamRun(
        NewtonKaczmarzOptimizer<T> optimizer, IRecordSource<T> source, TrainingData<T>? validation, FitOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int inputs = optimizer.Network.Layers[0].Inputs, outputs = optimizer.Network.Layers[^1].Outputs;
        if (source.Inputs != inputs || source.Targets != outputs)
            throw new ArgumentException($"Records have {source.Inputs} inputs and {source.Targets} targets; the network takes {inputs} and gives {outputs}.", nameof(source));
        if (options.Loss is not (null or MeanSquaredError))
            throw new ArgumentException($"Newton-Kaczmarz minimises squared errors; the loss is '{options.Loss.Name}'.", nameof(options));
        if (options.GridUpdates is not null || options.GridSchedule is not null || options.AverageDecay > 0)
            throw new ArgumentException("GridUpdates, GridSchedule and AverageDecay need the samples in memory; leave them out for a stream. Grids follow by NewtonKaczmarz.ExtendRanges.", nameof(options));
        _source = source;
        _options = options;
        _validation = validation;
        _cancellation = cancellation;
        _optimizer = optimizer;
        _reporter = new ProgressReporter(progress, options);
        _best = new BestTracker<T>(optimizer.Network, options.EarlyStopping?.MinDelta ?? 0);
        _judge = validation is null ? null : new Evaluator<T>(optimizer.Network, validation, new MeanSquaredError(), options.EvaluationBatch, options.Executor);
        _round = optimizer.Options.Round;
        long window = (long)_round * ((SmallestWindow + _round - 1) / _round);
        if (source.Count is { } known)
            window = Math.Min(window, known);
        _inputs = new T[checked(window * inputs)];
        _targets = new T[checked(window * outputs)];
        _order = new int[window];
        _targetScale = new double[outputs];
        _count = source.Count;
    }

    public FitResult<T> Run()
    {
        try
        {
            (StopReason reason, string message) = Train();
            if (reason is StopReason.Cancelled or StopReason.TimeLimit && !_sums.IsEmpty)
                _best.Consider(_judge?.Loss() ?? _sums.Loss, _history.Count + 1);
            return new FitResult<T>
            {
                Module = _optimizer.Network,
                Reason = reason,
                Message = message,
                History = [.. _history],
                BestEpoch = _best.Epoch,
                BestLoss = _best.Loss,
                Steps = _step,
                Seconds = _reporter.Seconds,
                SamplesPerSecond = _samples / Math.Max(_reporter.Seconds, 1e-9),
                Warnings = [.. FitChecks.Warnings(_optimizer.Network, _options, _optimizer)],
            };
        }
        finally
        {
            _best.Restore();
        }
    }

    private (StopReason Reason, string Message) Train()
    {
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            _sums.Clear();
            if (Pass(epoch) is { } early)
                return early;
            double? validation = _judge?.Loss();
            double selection = validation ?? _sums.Loss;
            if (!double.IsFinite(selection))
                return (StopReason.Diverged, $"Epoch {epoch + 1}: the validation loss is {selection} although the training loss is finite.");
            _best.Consider(selection, epoch + 1);
            _history.Add(new EpochRecord(epoch + 1, _sums.Loss, 0, validation, [], _options.Optimizer.LearningRate * _rateFactor, _reporter.Seconds));
            Report(epoch);
            if (selection <= _options.TargetLoss)
                return (StopReason.Converged, $"The loss {selection:G4} reached the target {_options.TargetLoss:G4} in epoch {epoch + 1}.");
            if (_options.EarlyStopping is { } stopping && _best.Stale >= stopping.Patience)
                return (StopReason.EarlyStopped, $"No improvement in {stopping.Patience} epochs; the best was epoch {_best.Epoch}.");
        }

        _sums.Clear();
        return (StopReason.BudgetReached, $"All {_options.Epochs} epochs are done.");
    }

    private (StopReason Reason, string Message)? Pass(int epoch)
    {
        SplitRandom random = new SplitRandom(_options.Seed).Split("stream").Split((ulong)epoch);
        using IRecordReader<T> reader = _source.Open();
        long before = 0;
        for (int count; (count = Fill(reader)) > 0; before += count)
        {
            if (!_scaled)
                RowUnits.OfTargets<T>(_targets.AsSpan(0, Math.Min(count, RowUnits.Sample) * _targetScale.Length), _targetScale);
            _scaled = true;
            Span<int> order = _order.AsSpan(0, count);
            for (int n = 0; n < count; n++)
                order[n] = n;
            if (_options.Shuffle)
                random.Shuffle(order);
            for (int start = 0; start < count; start += _round)
            {
                if (Interruption(epoch) is { } stop)
                    return stop;
                if (Round(order.Slice(start, Math.Min(_round, count - start)), before, epoch) is { } failure)
                    return (StopReason.Diverged, $"Epoch {epoch + 1}: {failure}.");
                if (_reporter.IsDue)
                    Report(epoch);
            }
        }

        if (before == 0)
            throw new ArgumentException("The source has no records.");
        if (_count is { } known && known != before)
            throw new InvalidDataException($"The source gave {before} records in epoch {epoch + 1} and {known} were expected; every pass must give the same records.");
        _count = before;
        return null;
    }

    private unsafe string? Round(ReadOnlySpan<int> order, long before, int epoch)
    {
        long perEpoch = _count is { } known ? (known + _round - 1) / _round : 0, steps = perEpoch * _options.Epochs;
        _rateFactor = _options.Schedule.Factor(new SchedulePoint(epoch, _step, steps));
        // as long as the length of an epoch is unknown, the first one runs at full relaxation
        double relaxation = _optimizer.Options.Relaxation(_rateFactor, perEpoch == 0 ? 0 : _step, steps);
        fixed (T* x = _inputs, y = _targets)
        fixed (int* rows = order)
        {
            RowPass pass = _optimizer.Run(new RowRecords<T> { Inputs = x, Targets = y, LargestWeight = T.One, Order = rows, Count = order.Length }, _targetScale, relaxation);
            if (pass.Failed >= 0)
            {
                int row = order[pass.Failed];
                return RowFailure.Describe<T>(_inputs.AsSpan(row * _source.Inputs, _source.Inputs), _targets.AsSpan(row * _source.Targets, _source.Targets), before + row);
            }

            _sums.Add(pass.Loss / pass.Weight, 0, pass.Weight);
        }

        _step++;
        _samples += order.Length;
        return null;
    }

    /// <summary>Reads a window; a reader may give less than it was asked for.</summary>
    private int Fill(IRecordReader<T> reader)
    {
        int count = 0;
        while (count < _order.Length)
        {
            int read = reader.Read(_inputs.AsSpan(count * _source.Inputs), _targets.AsSpan(count * _source.Targets));
            if (read == 0)
                break;
            count += read;
        }

        return count;
    }

    private (StopReason Reason, string Message)? Interruption(int epoch) =>
        _cancellation.IsCancellationRequested ? (StopReason.Cancelled, $"Cancelled in epoch {epoch + 1}.")
        : _reporter.LimitReached ? (StopReason.TimeLimit, $"The time limit was reached in epoch {epoch + 1}.")
        : null;

    private void Report(int epoch) => _reporter.Send(
        new TrainingProgress
        {
            Epoch = epoch + 1,
            Epochs = _options.Epochs,
            Step = _step,
            Steps = ((_count ?? 0) + _round - 1) / _round * _options.Epochs,
            Loss = _sums.Loss,
            ValidationLoss = _history.LastOrDefault()?.ValidationLoss,
            BestEpoch = _best.Epoch,
        },
        _samples);
}
