using KanSharp.Numerics;

namespace KanSharp.Tests.Interchange.Source;

/// <summary>Draws of a seed.</summary>
internal sealed class RandomValues(ulong seed)
{
    private readonly SplitRandom _random = new(seed);

    public int Whole(int least, int most) => least + _random.NextInt(most - least + 1);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public double Normal(double deviation) => deviation * _random.NextNormal();

    public double Uniform(double low, double high) => low + ((high - low) * _random.NextDouble());

    public TItem One<TItem>(IReadOnlyList<TItem> items) => items[_random.NextInt(items.Count)];

    public ulong Seed() => _random.NextUInt64();
}
