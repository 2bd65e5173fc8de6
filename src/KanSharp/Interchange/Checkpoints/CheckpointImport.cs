using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>
/// Networks from checkpoints of public implementations: efficient-kan, pykan, FastKAN, FasterKAN, BSRBF-KAN, ReLU-KAN, Wav-KAN, ChebyKAN, JacobiKAN, FourierKAN, SineKAN, KAT
/// and Convolutional-KANs. Names and shapes of the tensors tell the family, whatever the names begin with (<c>module.</c>, <c>model.</c> …). Layers of several families
/// may follow each other. docs/interchange-import.md has the table.
/// </summary>
public static class CheckpointImport
{
    private const string Pykan = "pykan", Convolutional = "convolutional-kan", PrefixSetting = "prefix";

    /// <summary>Names of the families.</summary>
    public static IReadOnlyList<string> Families { get; } = [.. ImportFamily.All.Select(family => family.Name), Pykan, Convolutional];

    /// <summary>Reads a network from a file.</summary>
    /// <param name="path">As <see cref="Checkpoint.Open"/> takes it.</param>
    /// <param name="options">Family and settings; found and as the public implementations have them if null.</param>
    /// <exception cref="ModelFileException">The file is damaged, of another kind, or its tensors make no network.</exception>
    /// <exception cref="Data.DataFormatException">An NPZ file is damaged.</exception>
    /// <exception cref="ArgumentException">There is no such family or setting.</exception>
    /// <exception cref="IOException">The file can not be opened or read.</exception>
    public static ImportResult<T> Read<T>(string path, ImportOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Read<T>(Checkpoint.Open(path), options);

    /// <summary>Reads a network from an open checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="options">Family and settings; found and as the public implementations have them if null.</param>
    /// <exception cref="ModelFileException">Its tensors make no network.</exception>
    /// <exception cref="ArgumentException">There is no such family or setting.</exception>
    public static ImportResult<T> Read<T>(Checkpoint checkpoint, ImportOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        options ??= new ImportOptions();
        if (options.Family is { } family && !Families.Contains(family))
            throw new ArgumentException($"There is no family '{family}'; known are {string.Join(", ", Families)}.", nameof(options));
        string prefix = options.Settings.GetValueOrDefault(PrefixSetting) ?? "";
        SafetensorsTensor[] chosen = [.. checkpoint.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal) && tensor.Count > 0 && tensor.Shape.Length <= Shape.MaxRank)];
        if (chosen.Select(tensor => tensor.Name).Distinct(StringComparer.Ordinal).Count() != chosen.Length)
            throw new ModelFileException("two tensors have the same name", checkpoint.FileName);
        var tensors = NamedTensors<T>.From(chosen, "");
        string[] names = [.. chosen.Select(tensor => tensor.Name)];
        var notes = new ImportNotes();
        Module<T> network = Find(checkpoint, options, tensors, names, notes);
        FiniteNumbers.Check(network, chosen.Where(tensor => notes.Has(tensor.Name)), checkpoint.FileName);
        return new ImportResult<T>(network, notes.Report(checkpoint));
    }

    private static Module<T> Find<T>(Checkpoint checkpoint, ImportOptions options, NamedTensors<T> tensors, string[] names, ImportNotes notes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string? pykan = Array.Find(names, name => name.EndsWith(PykanNetwork<T>.Signature, StringComparison.Ordinal));
        if (options.Family == Pykan || (options.Family is null && pykan is not null))
        {
            if (pykan is null)
                throw Nothing(checkpoint, Pykan, PykanNetwork<T>.Signature);
            var settings = new ImportSettings(options.Settings, Pykan, [PrefixSetting, .. PykanNetwork<T>.Settings]);
            notes.Family(Pykan);
            return Guard(checkpoint, () => PykanNetwork<T>.Read(tensors, pykan[..^PykanNetwork<T>.Signature.Length], checkpoint.Pykan, settings, notes));
        }

        bool convolutions = ConvolutionalNetwork<T>.Recognises(names);
        if (options.Family is Convolutional || (options.Family is null && convolutions))
        {
            if (!convolutions)
                throw Nothing(checkpoint, Convolutional, ConvolutionalNetwork<T>.Signature);
            var settings = new ImportSettings(options.Settings, Convolutional, [PrefixSetting, .. ConvolutionalNetwork<T>.Settings]);
            notes.Family(Convolutional);
            return Guard(checkpoint, () => ConvolutionalNetwork<T>.Read(tensors, names, settings, notes));
        }

        ImportFamily[] families = [.. ImportFamily.All.Where(family => options.Family is null || family.Name == options.Family)];
        var finder = new ModuleFinder<T>(checkpoint, tensors, names, notes);
        List<(ImportFamily Family, string Owner)> layers = finder.Layers(families);
        if (layers.Count == 0)
            throw Nothing(checkpoint, options.Family ?? "any known family", string.Join("', '", families.Select(family => family.Signature).Distinct()));
        ImportFamily[] found = [.. layers.Select(layer => layer.Family).Distinct()];
        var allowed = new ImportSettings(options.Settings, string.Join(" + ", found.Select(family => family.Name)), [PrefixSetting, .. found.SelectMany(family => family.Settings).Distinct()]);
        IReadOnlyList<FoundModule<T>> modules = finder.Read(layers, allowed);
        notes.Assume("nothing without tensors of its own (an activation, a reshape) stands between the layers");
        return Guard(checkpoint, () =>
        {
            var assembly = new NetworkAssembly<T>(notes);
            foreach (FoundModule<T> module in ModuleOrder.Of(modules, checkpoint.KeepsOrder, notes))
                assembly.Add(module);
            return assembly.Finish();
        });
    }

    private static TResult Guard<TResult>(Checkpoint checkpoint, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new ModelFileException(ErrorText.WithoutParameter(error), checkpoint.FileName, inner: error);
        }
    }

    private static ModelFileException Nothing(Checkpoint checkpoint, string family, string signatures)
    {
        string[] names = [.. checkpoint.Tensors.Take(8).Select(tensor => PyTorch.PickleValue.Shortened(tensor.Name))];
        return new ModelFileException(
            $"no layers of {family}: no name ends with '{signatures}' in a fitting shape; the file has {(names.Length == 0 ? "no tensors" : string.Join(", ", names))}{(checkpoint.Tensors.Count > names.Length ? ", ..." : "")}",
            checkpoint.FileName);
    }
}
