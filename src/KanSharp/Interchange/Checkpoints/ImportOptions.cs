namespace KanSharp.Interchange.Checkpoints;

/// <summary>What an importer is told beside the file.</summary>
public sealed record ImportOptions
{
    /// <summary>Family of the layers, one of <see cref="CheckpointImport.Families"/>; null (default) finds it by the names and shapes of the tensors.</summary>
    public string? Family { get; init; }

    /// <summary>
    /// What files do not store, by name: <c>base</c>, <c>k</c>, <c>wavelet</c> and others; docs/interchange-import.md lists them for every family. Default none: what the
    /// public implementation has by default is assumed, and reported.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
