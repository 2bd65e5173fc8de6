using System.Globalization;

namespace KanSharp.Interpretation;

/// <summary>Partitions of variables.</summary>
internal static class VariableGroups
{
    /// <summary>Refuses groups that are no partition of all variables.</summary>
    public static void Check(IReadOnlyList<IReadOnlyList<int>> groups, int inputs, string name)
    {
        ArgumentNullException.ThrowIfNull(groups, name);
        if (groups.Count < 2)
            throw new ArgumentException($"There are {groups.Count} groups; separability is between two at least.", name);
        var seen = new bool[inputs];
        foreach (IReadOnlyList<int> group in groups)
            Mark(group, inputs, seen, name);
        if (Array.IndexOf(seen, false) is int missing and >= 0)
            throw new ArgumentException($"Variable {missing} is in no group; groups contain each of the variables 0 to {inputs - 1} once.", name);
    }

    /// <summary>Refuses a group that is empty, names a variable twice or one that does not exist.</summary>
    public static void CheckGroup(IReadOnlyList<int> group, int inputs, string name)
    {
        ArgumentNullException.ThrowIfNull(group, name);
        Mark(group, inputs, new bool[inputs], name);
    }

    /// <summary>Number of the group of every variable.</summary>
    public static int[] Labels(IReadOnlyList<IReadOnlyList<int>> groups, int inputs)
    {
        var labels = new int[inputs];
        for (int group = 0; group < groups.Count; group++)
        {
            foreach (int variable in groups[group])
                labels[variable] = group;
        }

        return labels;
    }

    /// <summary>Variables with the same label, ascending, ordered by their first.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> FromLabels(int[] labels) =>
        [.. Enumerable.Range(0, labels.Length).GroupBy(variable => labels[variable]).Select(group => (IReadOnlyList<int>)[.. group])];

    private static void Mark(IReadOnlyList<int> group, int inputs, bool[] seen, string name)
    {
        ArgumentNullException.ThrowIfNull(group, name);
        if (group.Count == 0)
            throw new ArgumentException("A group is empty; a group has one variable at least.", name);
        foreach (int variable in group)
        {
            if ((uint)variable >= (uint)inputs)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Variable {variable} does not exist; there are 0 to {inputs - 1}."), name);
            if (seen[variable])
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Variable {variable} is named twice."), name);
            seen[variable] = true;
        }
    }
}
