using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Training;

/// <summary>Where a run over several grids stands: the stage, its network, the best network so far, totals; and its way into checkpoints and back.</summary>
/// <param name="schedule">The schedule as text; a resumed run must have the same.</param>
internal sealed class StagedState<T>(string schedule)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string Prefix = "grids/";
    private const string Setting = "grid_schedule";
    private readonly List<GridStage> _stages = [];
    private readonly List<EpochRecord> _history = [];
    private KanNetwork<T>? _network;
    private KanNetwork<T>? _best;
    private IReadOnlyList<LayerRefinement> _refinement = [];
    private double _bestLoss = double.PositiveInfinity;
    private double _samples;

    public int Stage { get; private set; }

    /// <summary>The network of the present stage.</summary>
    public KanNetwork<T> Network => _network!;

    /// <summary>Totals of the stages before.</summary>
    public double Seconds { get; private set; }

    public long Steps { get; private set; }

    public int EpochsBefore => _history.Count;

    public int BestEpoch { get; private set; }

    public int BestIntervals { get; private set; }

    public double BestScore { get; private set; } = double.PositiveInfinity;

    public List<string> Warnings { get; } = [];

    public void Enter(int stage, KanNetwork<T> network, IReadOnlyList<LayerRefinement> refinement)
    {
        (Stage, _network, _refinement) = (stage, network, refinement);
        foreach (string note in refinement.SelectMany((layer, index) => layer.Notes.Select(note => $"Refining KAN layer {index}, {note}.")))
        {
            if (!Warnings.Contains(note))
                Warnings.Add(note);
        }
    }

    /// <summary>Takes in the result of the present stage; true if it is the best so far.</summary>
    public bool Finish(FitResult<T> result, double score, int intervals)
    {
        bool better = _best is null || score < BestScore;
        if (better)
        {
            _best = Network;
            (BestScore, _bestLoss, BestIntervals) = (score, result.BestLoss, intervals);
            BestEpoch = result.BestEpoch > 0 ? EpochsBefore + result.BestEpoch : 0;
        }

        _stages.Add(new GridStage(intervals, Network.CountParameters(), result.History.Count, result.BestLoss, score, result.Seconds, result.Reason, _refinement));
        _history.AddRange(Renumbered(result.History, EpochsBefore, Seconds, intervals));
        Warnings.AddRange(result.Warnings.Where(warning => !Warnings.Contains(warning)));
        Seconds += result.Seconds;
        Steps += result.Steps;
        _samples += result.SamplesPerSecond * result.Seconds;
        return better;
    }

    public FitResult<T> Result(StopReason reason, string message) => new()
    {
        Module = _best!,
        Reason = reason,
        Message = message,
        History = [.. _history],
        BestEpoch = BestEpoch,
        BestLoss = _bestLoss,
        Steps = Steps,
        Seconds = Seconds,
        SamplesPerSecond = _samples / Math.Max(Seconds, 1e-9),
        Warnings = [.. Warnings],
        Stages = [.. _stages],
    };

    /// <summary>The checkpoint of the present stage with all that the run has besides.</summary>
    public TrainingCheckpoint<T> Capture(TrainingCheckpoint<T> stage)
    {
        var arrays = new Dictionary<string, T[]>(stage.Arrays);
        var counters = new Dictionary<string, long>(stage.Counters)
        {
            [Prefix + "stage"] = Stage,
            [Prefix + "epochs"] = EpochsBefore,
            [Prefix + "steps"] = Steps,
            [Prefix + "best_epoch"] = BestEpoch,
            [Prefix + "best_intervals"] = BestIntervals,
            [Prefix + "has_best"] = _best is null ? 0 : 1,
        };
        var numbers = new Dictionary<string, double>(stage.Numbers) { [Prefix + "seconds"] = Seconds, [Prefix + "samples"] = _samples };
        WriteFinite(numbers, "best_loss", _bestLoss);
        WriteFinite(numbers, "best_score", BestScore);
        for (int index = 0; index < _stages.Count; index++)
        {
            GridStage past = _stages[index];
            string name = index.ToString(CultureInfo.InvariantCulture);
            counters[$"{Prefix}{name}/intervals"] = past.Intervals;
            counters[$"{Prefix}{name}/parameters"] = past.Parameters;
            counters[$"{Prefix}{name}/epochs"] = past.Epochs;
            counters[$"{Prefix}{name}/reason"] = (long)past.Reason;
            numbers[$"{Prefix}{name}/seconds"] = past.Seconds;
            WriteFinite(numbers, $"{name}/loss", past.Loss);
            WriteFinite(numbers, $"{name}/score", past.Score);
        }

        if (_best is not null)
            new ModuleSnapshot<T>(_best).Save(new StateWriter<T>(Prefix + "best/", arrays, counters));
        var settings = new Dictionary<string, string>(stage.Settings) { [Setting] = schedule };
        int intervals = Network.Layers[0].Options.Spline.Intervals;
        return new TrainingCheckpoint<T>(
            arrays, counters, numbers, settings, [.. _history, .. Renumbered(stage.History, EpochsBefore, Seconds, intervals)],
            [.. Warnings.Union(stage.Warnings)]);
    }

    /// <summary>Goes back to a captured state.</summary>
    /// <param name="checkpoint">What <see cref="Capture"/> made.</param>
    /// <param name="network">The network that training started with: all but the grids is as in this.</param>
    /// <returns>The checkpoint of the stage, for its run.</returns>
    public TrainingCheckpoint<T> Restore(TrainingCheckpoint<T> checkpoint, KanNetwork<T> network)
    {
        string found = checkpoint.Settings.GetValueOrDefault(Setting, "(nothing)");
        if (found != schedule)
            throw new ArgumentException($"The checkpoint was made with {Setting} = {found}; this run has {schedule}. Resume with the same data and options.");
        var reader = new StateReader<T>(Prefix, checkpoint.Arrays, checkpoint.Counters);
        double Number(string name) => checkpoint.Numbers.GetValueOrDefault(Prefix + name, double.PositiveInfinity);
        Stage = (int)reader.ReadCount("stage");
        _network = Rebuild(network, checkpoint, "");
        _best = reader.ReadCount("has_best") != 0 ? Rebuild(network, checkpoint, Prefix + "best/") : null;
        (Steps, Seconds, _samples) = (reader.ReadCount("steps"), Number("seconds"), Number("samples"));
        (BestEpoch, BestIntervals) = ((int)reader.ReadCount("best_epoch"), (int)reader.ReadCount("best_intervals"));
        (_bestLoss, BestScore) = (Number("best_loss"), Number("best_score"));
        for (int index = 0; index < Stage; index++)
        {
            string name = index.ToString(CultureInfo.InvariantCulture);
            int Count(string what) => (int)reader.ReadCount($"{name}/{what}");
            _stages.Add(new GridStage(
                Count("intervals"), Count("parameters"), Count("epochs"), Number($"{name}/loss"), Number($"{name}/score"), Number($"{name}/seconds"),
                (StopReason)Count("reason"), []));
        }

        int epochs = (int)reader.ReadCount("epochs");
        if (epochs > checkpoint.History.Count)
            throw new ArgumentException($"The checkpoint has {checkpoint.History.Count} epochs of history, but {epochs} before the present stage.");
        _history.AddRange(checkpoint.History.Take(epochs));
        Warnings.AddRange(checkpoint.Warnings.Where(warning => !Warnings.Contains(warning)));
        return new TrainingCheckpoint<T>(
            checkpoint.Arrays, checkpoint.Counters, checkpoint.Numbers,
            new Dictionary<string, string>(checkpoint.Settings) { [Setting] = FitChecks.NoGridSchedule },
            [.. Renumbered(checkpoint.History.Skip(epochs), -epochs, -Seconds, null)], checkpoint.Warnings);
    }

    /// <summary>A record of the present stage as one of the whole run.</summary>
    public EpochRecord Numbered(EpochRecord record) => Renumbered([record], EpochsBefore, Seconds, Network.Layers[0].Options.Spline.Intervals).First();

    private static IEnumerable<EpochRecord> Renumbered(IEnumerable<EpochRecord> history, int epochs, double seconds, int? intervals) =>
        history.Select(record => record with { Epoch = record.Epoch + epochs, Seconds = record.Seconds + seconds, Intervals = intervals });

    private static void WriteFinite(Dictionary<string, double> numbers, string name, double value)
    {
        if (double.IsFinite(value))
            numbers[Prefix + name] = value;
    }

    /// <summary>A network with the grids that the arrays have, and their values.</summary>
    internal static KanNetwork<T> Rebuild(KanNetwork<T> network, TrainingCheckpoint<T> checkpoint, string prefix)
    {
        var layers = new KanLinear<T>[network.Layers.Count];
        for (int index = 0; index < layers.Length; index++)
        {
            KanLinear<T> layer = network.Layers[index];
            string name = $"layers.{index.ToString(CultureInfo.InvariantCulture)}";
            T[] knots = Find($"{prefix}states/{name}.knots"), coefficients = Find($"{prefix}parameters/{name}.coefficients");
            int row = knots.Length / layer.Inputs, degree = layer.Options.Spline.Degree, intervals = row - 2 * degree - 1;
            if (intervals < 1 || knots.Length % layer.Inputs != 0 || coefficients.Length != layer.Inputs * (intervals + degree) * layer.Outputs)
                throw new ArgumentException($"The checkpoint's arrays of {name} do not fit a layer with {layer.Inputs} inputs and {layer.Outputs} outputs: it belongs to another model.");
            layers[index] = layer.WithGrid(
                layer.Options with { Basis = layer.Options.Spline with { Intervals = intervals } },
                new Tensor<T>(new Shape(layer.Inputs, row), [.. knots]),
                new Tensor<T>(new Shape(layer.Inputs, intervals + degree, layer.Outputs), [.. coefficients]));
        }

        KanNetwork<T> rebuilt = network.With(layers);
        var snapshot = new ModuleSnapshot<T>(rebuilt);
        snapshot.Load(new StateReader<T>(prefix, checkpoint.Arrays, checkpoint.Counters));
        snapshot.Restore();
        return rebuilt;

        T[] Find(string array) => checkpoint.Arrays.TryGetValue(array, out T[]? values)
            ? values
            : throw new ArgumentException($"The checkpoint has no array '{array}': it belongs to another model.");
    }
}
