namespace KanSharp.Training;

/// <summary>Weighted sums of loss and penalty over the steps of the present epoch.</summary>
internal sealed class EpochSums
{
    private double _loss;
    private double _penalty;
    private double _weight;

    public double Loss => _weight > 0 ? _loss / _weight : 0;

    public double Penalty => _weight > 0 ? _penalty / _weight : 0;

    public bool IsEmpty => _weight == 0;

    public void Clear() => _loss = _penalty = _weight = 0;

    /// <param name="loss">Mean loss of the step.</param>
    /// <param name="penalty">Penalty of the step.</param>
    /// <param name="weight">Sum of the weights of the step's samples; a step of weight 0 leaves no trace.</param>
    public void Add(double loss, double penalty, double weight)
    {
        _loss += loss * weight;
        _penalty += penalty * weight;
        _weight += weight;
    }

    public void Save(IDictionary<string, double> numbers)
    {
        numbers["epoch/loss"] = _loss;
        numbers["epoch/penalty"] = _penalty;
        numbers["epoch/weight"] = _weight;
    }

    public void Load(IReadOnlyDictionary<string, double> numbers)
    {
        _loss = numbers.GetValueOrDefault("epoch/loss");
        _penalty = numbers.GetValueOrDefault("epoch/penalty");
        _weight = numbers.GetValueOrDefault("epoch/weight");
    }
}
