namespace KanSharp.Plotting;

/// <summary>One column of the data in a <see cref="DiscoveryReport"/>.</summary>
public sealed record ReportColumn
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is used for: "feature", "target", "left out".</summary>
    public required string Role { get; init; }

    /// <summary>Its values [rows]; NaN counts as missing.</summary>
    public required IReadOnlyList<double> Values { get; init; }
}
