namespace KanSharp.Networks;

/// <summary>Checks of the nodes per level of a network.</summary>
internal static class NetworkWidths
{
    /// <exception cref="ArgumentException">Fewer than two widths, or one below 1.</exception>
    public static void Check(IReadOnlyList<int> widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Count < 2)
            throw new ArgumentException($"{widths.Count} widths were given; a network needs the number of inputs and the number of outputs at least, for example [2, 5, 1].", nameof(widths));
        for (int level = 0; level < widths.Count; level++)
        {
            if (widths[level] < 1)
                throw new ArgumentException($"Width {level} is {widths[level]}; every level has at least 1 node.", nameof(widths));
        }
    }
}
