using System.Globalization;

namespace KanSharp.Interpretation;

/// <summary>One node of a network.</summary>
/// <param name="Level">Level, from 0 for the inputs.</param>
/// <param name="Node">Node of the level, from 0: sums first, then products.</param>
public readonly record struct NodeAddress(int Level, int Node)
{
    /// <summary>The node as (level, node).</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Level}, {Node})");
}
