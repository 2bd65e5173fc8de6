using System.Numerics;
using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Interchange;

/// <summary>
/// Keeps the state of a training run in one safetensors file: the arrays under their names, everything else as JSON in the metadata. A save
/// replaces the file atomically, so that a crash leaves the old or the new state.
/// </summary>
/// <param name="path">The file.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; a checkpoint can only be read in the precision it was written in.</typeparam>
public sealed class CheckpointFile<T>(string path) : ICheckpointStore<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string Key = "kansharp.checkpoint";

    /// <summary>The file.</summary>
    public string FilePath { get; } = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>Further texts for the file's metadata, for example the command that started the run (default none).</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    /// <exception cref="IOException">The file can not be written.</exception>
    public void Save(TrainingCheckpoint<T> checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var metadata = new Dictionary<string, string>(Texts) { [Key] = TrainingCheckpointJson.Write(checkpoint) };
        var tensors = checkpoint.Arrays.Select(array => SafetensorsTensor.Create<T>(array.Key, array.Value, array.Value.Length));
        new SafetensorsFile(tensors, metadata).Save(FilePath);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelFileException">The file is damaged, no checkpoint, or in another precision.</exception>
    /// <exception cref="IOException">The file can not be read.</exception>
    public TrainingCheckpoint<T>? Load()
    {
        if (!File.Exists(FilePath))
            return null;
        string name = Path.GetFileName(FilePath);
        SafetensorsFile file = SafetensorsFile.Read(FilePath);
        if (!file.Metadata.TryGetValue(Key, out string? text))
            throw new ModelFileException($"no '{Key}' in the metadata; the file is no checkpoint of a training run", name);
        var arrays = new Dictionary<string, T[]>();
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            if (tensor.Type != ElementCodec.TypeOf<T>())
                throw new ModelFileException($"{tensor.Type} numbers; the run to resume has {ElementCodec.TypeOf<T>()}", name, $"tensor '{tensor.Name}'");
            arrays.Add(tensor.Name, tensor.ToArray<T>());
        }

        try
        {
            return TrainingCheckpointJson.Read(text, arrays);
        }
        catch (FormatException error)
        {
            throw new ModelFileException(error.Message, name, Key, error);
        }
    }
}
