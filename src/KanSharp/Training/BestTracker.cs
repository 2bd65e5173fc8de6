using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Keeps the best parameters seen so far and counts the epochs since.</summary>
internal sealed class BestTracker<T>(Module<T> module, double minDelta)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModuleSnapshot<T> _snapshot = new(module);
    private double _reference = double.PositiveInfinity;
    private double _tie = double.PositiveInfinity;

    /// <summary>Lowest loss; +∞ before the first.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>Its epoch; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Judged epochs in a row without an improvement by at least the required amount.</summary>
    public int Stale { get; private set; }

    /// <summary>Takes a copy of the module if its loss is the lowest so far.</summary>
    /// <param name="loss">What is chosen by.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="tie">What is chosen by among equals.</param>
    public void Consider(double loss, int epoch, double tie = 0)
    {
        if (loss < Loss || (loss == Loss && tie < _tie))
        {
            Loss = loss;
            Epoch = epoch;
            _tie = tie;
            _snapshot.Take();
        }

        bool improved = loss < _reference - minDelta;
        Stale = improved ? 0 : Stale + 1;
        if (improved)
            _reference = loss;
    }

    public void Restore() => _snapshot.Restore();

    public void Save(StateWriter<T> state, IDictionary<string, double> numbers)
    {
        _snapshot.Save(state);
        state.Write("epoch", Epoch);
        state.Write("stale", Stale);
        if (double.IsFinite(Loss))
            numbers["best/loss"] = Loss;
        if (double.IsFinite(_tie))
            numbers["best/tie"] = _tie;
        if (double.IsFinite(_reference))
            numbers["best/reference"] = _reference;
    }

    public void Load(StateReader<T> state, IReadOnlyDictionary<string, double> numbers)
    {
        _snapshot.Load(state);
        Epoch = (int)state.ReadCount("epoch");
        Stale = (int)state.ReadCount("stale");
        Loss = numbers.GetValueOrDefault("best/loss", double.PositiveInfinity);
        _tie = numbers.GetValueOrDefault("best/tie", double.PositiveInfinity);
        _reference = numbers.GetValueOrDefault("best/reference", double.PositiveInfinity);
    }
}
