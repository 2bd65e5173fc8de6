namespace KanSharp.Training;

/// <summary>Scores of all rounds of a cross-validation.</summary>
/// <param name="Rounds">Named scores of each round that was completed.</param>
/// <param name="Cancelled">Whether rounds are missing because the caller asked to stop.</param>
public sealed record CrossValidationResult(IReadOnlyList<IReadOnlyDictionary<string, double>> Rounds, bool Cancelled)
{
    /// <summary>Names of the scores.</summary>
    public IEnumerable<string> Names => Rounds.Count == 0 ? [] : Rounds[0].Keys;

    /// <summary>Mean of a score over the rounds.</summary>
    /// <exception cref="ArgumentException">No round has that score.</exception>
    public double Mean(string name) => Scores(name).Average();

    /// <summary>Standard deviation of a score over the rounds (divided by rounds − 1); 0 for a single round.</summary>
    /// <exception cref="ArgumentException">No round has that score.</exception>
    public double StandardDeviation(string name)
    {
        double[] scores = Scores(name);
        double mean = scores.Average();
        return scores.Length < 2 ? 0 : Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Length - 1));
    }

    private double[] Scores(string name)
    {
        if (!Names.Contains(name))
            throw new ArgumentException($"There is no score '{name}'. There are: {string.Join(", ", Names)}.", nameof(name));
        return [.. Rounds.Select(round => round[name])];
    }
}
