using System.Globalization;

namespace KanSharp.Interpretation;

/// <summary>Reads the text of a module, [-1]->[-1,-2]->[-1]->[-1].</summary>
internal static class ModuleChainText
{
    /// <summary>The groups of indices, as written.</summary>
    /// <exception cref="FormatException">The text is no chain; the message says where.</exception>
    public static IReadOnlyList<int[]> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] groups = text.Replace("→", "->", StringComparison.Ordinal).Split("->");
        if (groups.Length % 2 == 1)
            throw new FormatException($"'{text}' has {groups.Length} groups; there are two for each layer, nodes and the sub-nodes that they lead to: [0,1]->[0]->[0]->[0].");
        return [.. groups.Select((group, index) => Group(group.Trim(), index, text))];
    }

    private static int[] Group(string group, int index, string text)
    {
        if (!group.StartsWith('[') || !group.EndsWith(']'))
            throw new FormatException($"Group {index} of '{text}' is '{group}'; a group stands in brackets: [0,1].");
        string[] parts = group[1..^1].Split(',');
        return [.. parts.Select(part => int.TryParse(part, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"'{part}' in group {index} of '{text}' is no whole number."))];
    }
}
