using System.Globalization;

namespace KanSharp.Interpretation;

/// <summary>One edge of a network.</summary>
/// <param name="Layer">Layer, from 0.</param>
/// <param name="Input">Node below that the edge starts from, from 0.</param>
/// <param name="Output">Sub-node above that it leads to, from 0; without product nodes the node above.</param>
public readonly record struct EdgeAddress(int Layer, int Input, int Output)
{
    /// <summary>The edge as (layer, input, output).</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Layer}, {Input}, {Output})");
}
