namespace KanSharp.Interchange.Checkpoints;

/// <summary>A node of a configuration: a scalar, a list or a map.</summary>
internal abstract record YamlNode
{
    private YamlNode()
    {
    }

    /// <summary>A text; <paramref name="Quoted"/> ones are never numbers or truth values.</summary>
    internal sealed record Scalar(string Text, bool Quoted) : YamlNode;

    internal sealed record List(IReadOnlyList<YamlNode> Items) : YamlNode;

    internal sealed record Map(IReadOnlyDictionary<string, YamlNode> Entries) : YamlNode;
}
