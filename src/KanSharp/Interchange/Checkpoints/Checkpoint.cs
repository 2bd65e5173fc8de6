using System.IO.Compression;
using KanSharp.Data;
using KanSharp.Interchange.PyTorch;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>
/// A file of another program with tensors by name, of any kind that is read: PyTorch (<c>torch.save</c>), safetensors, NPZ, and the checkpoints of pykan, which are several
/// files of one name.
/// </summary>
public sealed class Checkpoint
{
    private const long Allowance = 64 << 20, MostExpansion = 32;

    private Checkpoint(string fileName, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyList<string> notes, bool keepsOrder, PykanConfig? pykan = null) =>
        (FileName, Tensors, Notes, KeepsOrder, Pykan) = (fileName, tensors, notes, keepsOrder, pykan);

    /// <summary>Name of the file.</summary>
    public string FileName { get; }

    /// <summary>The tensors in the order of the file.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>What was chosen and left out where the file holds more than the tensors of a model.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether no tensor needs double precision.</summary>
    public bool IsSingle => !Tensors.Any(tensor => tensor.Type == ElementType.Float64);

    /// <summary>Whether tensors stand in the order in which the modules of the original were made.</summary>
    internal bool KeepsOrder { get; }

    /// <summary>The configuration beside a checkpoint of pykan.</summary>
    internal PykanConfig? Pykan { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">
    /// A file of <c>torch.save</c>, a safetensors or NPZ file; or for pykan the name given to <c>saveckpt</c>, or one of the files <c>NAME_config.yml</c> and <c>NAME_state</c>,
    /// or a file of tensors with <c>NAME_config.yml</c> beside it.
    /// </param>
    /// <exception cref="ModelFileException">The file is damaged, of another kind, or holds more than data.</exception>
    /// <exception cref="DataFormatException">An NPZ file is damaged.</exception>
    /// <exception cref="IOException">A file can not be opened or read.</exception>
    public static Checkpoint Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (PykanFiles.Find(path) is { } files)
            return OpenPykan(files);
        Checkpoint tensors = OpenTensors(path);

        // a configuration of that name may belong to something else
        bool isPykan = tensors.Tensors.Any(tensor => tensor.Name.EndsWith(PykanNetwork<float>.Signature, StringComparison.Ordinal));
        return isPykan && PykanFiles.ConfigBeside(path) is { } config
            ? new Checkpoint(tensors.FileName, tensors.Tensors, [.. tensors.Notes, ConfigNote(config)], tensors.KeepsOrder, PykanConfig.Read(config))
            : tensors;
    }

    /// <summary>Tensors that are in memory already, in the order of modules.</summary>
    internal static Checkpoint Of(string fileName, IReadOnlyList<SafetensorsTensor> tensors) => new(fileName, tensors, [], keepsOrder: true);

    private static string ConfigNote(string path) => $"configuration: {Path.GetFileName(path)}";

    private static Checkpoint OpenPykan(PykanFiles files)
    {
        Checkpoint state = OpenTensors(files.State);
        PykanConfig? config = files.Config is null ? null : PykanConfig.Read(files.Config);
        string[] notes = [.. state.Notes, files.Config is null ? "no configuration (NAME_config.yml) beside the state" : ConfigNote(files.Config)];
        if (files.Cache is not null)
        {
            IReadOnlyList<SafetensorsTensor> cache = PyTorchFile.Read(files.Cache).Tensors;
            notes = [.. notes, cache is [var inputs] ? $"{Path.GetFileName(files.Cache)}: inputs [{string.Join(", ", inputs.Shape.ToArray())}], not needed" : $"{Path.GetFileName(files.Cache)}: empty"];
        }

        return new Checkpoint(state.FileName, state.Tensors, notes, state.KeepsOrder, config);
    }

    private static Checkpoint OpenTensors(string path)
    {
        string name = Path.GetFileName(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> start = stackalloc byte[9];
        start = start[..stream.ReadAtLeast(start, 9, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith("PK"u8) && IsNpz(stream, name))
        {
            stream.Position = 0;
            IReadOnlyDictionary<string, NpyArray> arrays = Npz.Read(stream, name, Allowance + MostExpansion * stream.Length);
            return new Checkpoint(name, [.. arrays.Select(entry => new SafetensorsTensor(entry.Key, entry.Value.Type, entry.Value.Shape.ToArray(), entry.Value.Memory))], [], keepsOrder: true);
        }

        if (PyTorchFile.Begins(start))
        {
            PyTorchFile file = PyTorchFile.Read(path);
            return new Checkpoint(name, file.Tensors, file.Notes, keepsOrder: true);
        }

        if (start.Length == 9 && start[8] == (byte)'{')
        {
            SafetensorsFile file = SafetensorsFile.Read(path);
            if (file.Metadata.GetValueOrDefault("format") is "kan" or "kan-image")
                throw new ModelFileException("the file is a model of KanSharp already", name);
            return new Checkpoint(name, file.Tensors, [], keepsOrder: false);
        }

        throw new ModelFileException("neither a file of torch.save, nor safetensors, nor NPZ, nor a checkpoint of pykan", name);
    }

    private static bool IsNpz(Stream stream, string name)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Count > 0 && archive.Entries[0].FullName.EndsWith(".npy", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException or OverflowException)
        {
            throw new ModelFileException($"the archive is damaged ({error.Message})", name, inner: error);
        }
    }
}
