namespace KanSharp.Training;

/// <summary>Settings for the parameters below a path, where they differ from the optimiser's.</summary>
public sealed record ParameterGroup
{
    /// <summary>The parameter's dotted path, or its beginning up to a dot, or its last segment after one: "layers.0", "coefficients".</summary>
    public required string Path { get; init; }

    /// <summary>Factor on the learning rate, at least 0 (default 1).</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>Whether weight decay applies (default true).</summary>
    public bool Decays { get; init; } = true;

    /// <summary>Whether a parameter belongs to the group.</summary>
    internal bool Contains(string path) =>
        path == Path
        || path.StartsWith(Path + ".", StringComparison.Ordinal)
        || path.EndsWith("." + Path, StringComparison.Ordinal);
}
