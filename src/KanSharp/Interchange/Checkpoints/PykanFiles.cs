namespace KanSharp.Interchange.Checkpoints;

/// <summary>
/// The files of a checkpoint of pykan: <c>NAME_state</c>, and where they are there <c>NAME_config.yml</c> and <c>NAME_cache_data</c>; or a file of tensors,
/// <c>NAME.safetensors</c>, with <c>NAME_config.yml</c> beside it.
/// </summary>
internal sealed record PykanFiles(string State, string? Config, string? Cache)
{
    private const string ConfigEnding = "_config.yml";

    private static readonly string[] Endings = ["_state", ConfigEnding, "_cache_data"], Extensions = [".safetensors", ".pt", ".pth"];

    /// <summary>The configuration beside a file of tensors, as the export writes it; null without.</summary>
    public static string? ConfigBeside(string path)
    {
        string? extension = Array.Find(Extensions, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        return extension is null ? null : Existing(path[..^extension.Length] + ConfigEnding);
    }

    /// <summary>The files that a path means; null if it means one file of another kind.</summary>
    /// <exception cref="ModelFileException">A configuration or cache without its state.</exception>
    public static PykanFiles? Find(string path)
    {
        string? ending = Array.Find(Endings, end => path.EndsWith(end, StringComparison.Ordinal));
        if (ending is null && (File.Exists(path) || !File.Exists(path + "_state")))
            return null;
        string name = ending is null ? path : path[..^ending.Length], state = name + "_state";
        if (!File.Exists(state))
        {
            return File.Exists(path)
                ? throw new ModelFileException($"the state that belongs to it ({Path.GetFileName(state)}) is missing", Path.GetFileName(path))
                : null;
        }

        return new PykanFiles(state, Existing(name + ConfigEnding), Existing(name + "_cache_data"));
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
