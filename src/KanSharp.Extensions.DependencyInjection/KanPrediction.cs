using KanSharp.Data;

namespace KanSharp.Extensions.DependencyInjection;

/// <summary>What a model says about one row.</summary>
public sealed class KanPrediction
{
    private readonly TargetEncoding _target;

    internal KanPrediction(TargetEncoding target, IReadOnlyList<string> names, ReadOnlyMemory<double> values)
    {
        _target = target;
        Names = names;
        Values = values;
    }

    /// <summary>Names of the values: the targets, or the classes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Values in original units, or one probability for each class.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>Value of a target, or probability of a class.</summary>
    /// <exception cref="ArgumentException">The model has no output of that name.</exception>
    public double this[string name]
    {
        get
        {
            for (int i = 0; i < Names.Count; i++)
            {
                if (Names[i] == name)
                    return Values.Span[i];
            }

            throw new ArgumentException($"There is no output '{name}'; the model has {string.Join(", ", Names)}.", nameof(name));
        }
    }

    /// <summary>The most probable class; null for a regression.</summary>
    public string? Class => _target.Task == TaskKind.Classification ? Names[Best] : null;

    /// <summary>Probability of the most probable class; null for a regression.</summary>
    public double? Probability => _target.Task == TaskKind.Classification ? Values.Span[Best] : null;

    private int Best
    {
        get
        {
            ReadOnlySpan<double> values = Values.Span;
            int best = 0;
            for (int i = 1; i < values.Length; i++)
            {
                if (values[i] > values[best])
                    best = i;
            }

            return best;
        }
    }
}
