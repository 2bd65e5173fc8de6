using System.Globalization;

namespace KanSharp.Networks;

/// <summary>The nodes of one level of a network: sums, and after them products.</summary>
public sealed record LevelShape
{
    /// <summary>Factors of a product node where nothing is said.</summary>
    public const int DefaultArity = 2;

    private readonly int[] _arities;

    /// <summary>Creates a level.</summary>
    /// <param name="sums">Nodes that are sums.</param>
    /// <param name="arities">Factors of every product node; none by default.</param>
    /// <exception cref="ArgumentException">A number is negative, an arity below 1, or there is no node.</exception>
    public LevelShape(int sums, params IReadOnlyList<int> arities)
    {
        ArgumentNullException.ThrowIfNull(arities);
        ArgumentOutOfRangeException.ThrowIfNegative(sums);
        if (sums + arities.Count == 0)
            throw new ArgumentException("A level has at least 1 node.", nameof(sums));
        foreach (int arity in arities)
        {
            if (arity < 1)
                throw new ArgumentException($"A product node has {arity} factors; it has at least 1.", nameof(arities));
        }

        (Sums, _arities) = (sums, [.. arities]);
    }

    /// <summary>Nodes that are sums.</summary>
    public int Sums { get; }

    /// <summary>Factors of every product node.</summary>
    public IReadOnlyList<int> Arities => _arities;

    /// <summary>Number of nodes.</summary>
    public int Nodes => Sums + _arities.Length;

    /// <summary>Number of sub-nodes: one for every sum and every factor.</summary>
    public int Subnodes => checked(Sums + _arities.Sum());

    /// <inheritdoc/>
    public bool Equals(LevelShape? other) => other is not null && Sums == other.Sums && _arities.AsSpan().SequenceEqual(other._arities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sums, _arities.Length, Subnodes);

    /// <summary>The level as <see cref="NetworkShape.Parse"/> reads it: 5, [4,1], [1,x2,x3].</summary>
    public override string ToString()
    {
        if (_arities.Length == 0)
            return Sums.ToString(CultureInfo.InvariantCulture);
        var parts = new List<string> { Sums.ToString(CultureInfo.InvariantCulture) };
        if (_arities.All(arity => arity == DefaultArity))
        {
            parts.Add(_arities.Length.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            for (int start = 0, end; start < _arities.Length; start = end)
            {
                for (end = start + 1; end < _arities.Length && _arities[end] == _arities[start];)
                    end++;
                string count = end - start == 1 ? "" : (end - start).ToString(CultureInfo.InvariantCulture);
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count}x{_arities[start]}"));
            }
        }

        return $"[{string.Join(",", parts)}]";
    }
}
