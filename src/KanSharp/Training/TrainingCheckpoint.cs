using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Training;

/// <summary>
/// All that a training run needs to go on as if it had never stopped: parameters, state tensors, optimiser, best parameters so far, position,
/// history. Random numbers depend on seed and position alone, so there is no generator to keep.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingCheckpoint<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal TrainingCheckpoint(
        IReadOnlyDictionary<string, T[]> arrays,
        IReadOnlyDictionary<string, long> counters,
        IReadOnlyDictionary<string, double> numbers,
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyList<EpochRecord> history,
        IReadOnlyList<string> warnings)
    {
        Arrays = arrays;
        Counters = counters;
        Numbers = numbers;
        Settings = settings;
        History = history;
        Warnings = warnings;
    }

    /// <summary>Named arrays, for example <c>parameters/layers.0.coefficients</c>.</summary>
    public IReadOnlyDictionary<string, T[]> Arrays { get; }

    /// <summary>Named whole numbers: position and counts.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; }

    /// <summary>Named numbers, all finite.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; }

    /// <summary>Settings that must be the same on resumption.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The completed epochs.</summary>
    public IReadOnlyList<EpochRecord> History { get; }

    /// <summary>What the user should know about the run so far: grids that were not moved.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Completed epochs.</summary>
    public int Epoch => History.Count;

    /// <summary>Writes the parameters and state tensors that training had reached (not the best ones) into a module.</summary>
    /// <param name="module">A module of the structure that was trained.</param>
    /// <exception cref="ArgumentException">The module has another structure.</exception>
    public void CopyTo(Module<T> module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var snapshot = new ModuleSnapshot<T>(module);
        snapshot.Load(new StateReader<T>("", Arrays, Counters));
        snapshot.Restore();
    }

    /// <summary>A network with the parameters and grids that training had reached; the number of intervals may differ where grids were refined.</summary>
    /// <param name="network">A network like the trained one in all but its grids.</param>
    /// <exception cref="ArgumentException">The network has another structure.</exception>
    public KanNetwork<T> ToNetwork(KanNetwork<T> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return StagedState<T>.Rebuild(network, this, "");
    }
}
