using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>The position of a training run, and how it and everything it depends on goes into a checkpoint and back.</summary>
internal sealed class RunState<T>(
    Module<T> module, Optimizer<T> optimizer, WeightAverage<T>? average, BestTracker<T> best, IReadOnlyDictionary<string, string> settings)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Completed epochs.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether the work before the first step of the present epoch is done.</summary>
    public bool EpochBegun { get; set; }

    /// <summary>Completed steps of the present epoch.</summary>
    public int StepInEpoch { get; set; }

    /// <summary>Completed steps of the run.</summary>
    public long Step { get; set; }

    /// <summary>Samples that all steps went through.</summary>
    public long Samples { get; set; }

    /// <summary>Whether the optimiser could not lower the loss any further in the last completed epoch.</summary>
    public bool Converged { get; set; }

    public EpochSums Sums { get; } = new();

    public List<EpochRecord> History { get; } = [];

    public void NextEpoch()
    {
        Epoch++;
        StepInEpoch = 0;
        EpochBegun = false;
        Sums.Clear();
    }

    public TrainingCheckpoint<T> Capture(double seconds, IEnumerable<string> warnings)
    {
        var arrays = new Dictionary<string, T[]>();
        var counters = new Dictionary<string, long>
        {
            ["epoch"] = Epoch,
            ["begun"] = EpochBegun ? 1 : 0,
            ["step_in_epoch"] = StepInEpoch,
            ["step"] = Step,
            ["samples"] = Samples,
            ["converged"] = Converged ? 1 : 0,
        };
        var numbers = new Dictionary<string, double> { ["seconds"] = seconds };
        new ModuleSnapshot<T>(module).Save(new StateWriter<T>("", arrays, counters));
        optimizer.Save(new StateWriter<T>("optimizer/", arrays, counters));
        average?.Save(new StateWriter<T>("average/", arrays, counters));
        best.Save(new StateWriter<T>("best/", arrays, counters), numbers);
        Sums.Save(numbers);
        return new TrainingCheckpoint<T>(arrays, counters, numbers, settings, [.. History], [.. warnings]);
    }

    public void Restore(TrainingCheckpoint<T> checkpoint)
    {
        foreach ((string name, string value) in settings)
        {
            string found = checkpoint.Settings.GetValueOrDefault(name, "(nothing)");
            if (found != value)
                throw new ArgumentException($"The checkpoint was made with {name} = {found}; this run has {value}. Resume with the same data and options.");
        }

        StateReader<T> Reader(string prefix) => new(prefix, checkpoint.Arrays, checkpoint.Counters);
        var snapshot = new ModuleSnapshot<T>(module);
        snapshot.Load(Reader(""));
        optimizer.Load(Reader("optimizer/"));
        average?.Load(Reader("average/"));
        best.Load(Reader("best/"), checkpoint.Numbers);
        Sums.Load(checkpoint.Numbers);
        StateReader<T> position = Reader("");
        Epoch = (int)position.ReadCount("epoch");
        EpochBegun = position.ReadCount("begun") != 0;
        StepInEpoch = (int)position.ReadCount("step_in_epoch");
        Step = position.ReadCount("step");
        Samples = position.ReadCount("samples");
        Converged = position.ReadCount("converged") != 0;
        History.Clear();
        History.AddRange(checkpoint.History);
        snapshot.Restore();
    }
}
