namespace KanSharp.Interchange;

/// <summary>A network as tensors with the names and layouts of a public implementation, see <see cref="PublishedTensors"/>.</summary>
/// <param name="Tensors">The tensors; after loading them into a <c>state_dict</c> the original computes what the network does, but for the notes.</param>
/// <param name="Notes">What the original does differently, and what it must be told because tensors do not say it; one sentence each.</param>
/// <param name="Config">The text of the configuration file that belongs to the tensors (pykan's <c>_config.yml</c>); null where there is none.</param>
public sealed record PublishedModel(SafetensorsFile Tensors, IReadOnlyList<string> Notes, string? Config = null);
