using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interchange;

/// <summary>
/// The model file: one safetensors file whose metadata hold the structure as JSON (key <c>spec</c>) beside <c>format</c> = "kan" and
/// <c>format_version</c>. Every parameter and state tensor is a tensor of its path, for example <c>layers.0.coefficients</c> [I, G + k, O].
/// Saving a loaded model gives the same bytes. docs/formats.md describes it; any safetensors reader opens it.
/// </summary>
public static class ModelFile
{
    private const string Format = "kan";
    private const string Version = "1";

    /// <summary>Saves a network.</summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="network">A <see cref="KanNetwork{T}"/> or an <see cref="Mlp{T}"/>.</param>
    /// <exception cref="NotSupportedException">A module of another kind.</exception>
    public static void Save<T>(string path, Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ToFile(network, null).Save(path);

    /// <summary>Saves a model for tables with names, scaling and units.</summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="model">The model; its network is a <see cref="KanNetwork{T}"/> or an <see cref="Mlp{T}"/>.</param>
    /// <exception cref="NotSupportedException">A network of another kind.</exception>
    public static void Save<T>(string path, TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ToFile(model).Save(path);

    /// <summary>
    /// Loads the network of a model file; values of another precision are converted. <see cref="Inspect"/> tells the stored
    /// precision (<see cref="ModelFileInfo.IsSingle"/>).
    /// </summary>
    /// <exception cref="ModelFileException">The file is damaged or of another kind.</exception>
    public static Module<T> LoadNetwork<T>(string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ToNetwork<T>(SafetensorsFile.Read(path), Path.GetFileName(path));

    /// <summary>
    /// Loads a KAN; values of another precision are converted. <see cref="Inspect"/> tells the stored
    /// precision (<see cref="ModelFileInfo.IsSingle"/>).
    /// </summary>
    /// <exception cref="ModelFileException">The file is damaged, of another kind, or holds no KAN.</exception>
    public static KanNetwork<T> LoadKan<T>(string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LoadNetwork<T>(path) as KanNetwork<T> ?? throw new ModelFileException("the file holds another kind of network than a KAN", Path.GetFileName(path));

    /// <summary>
    /// Loads a model for tables; values of another precision are converted. <see cref="Inspect"/> tells the stored
    /// precision (<see cref="ModelFileInfo.IsSingle"/>).
    /// </summary>
    /// <exception cref="ModelFileException">The file is damaged, of another kind, or holds a bare network.</exception>
    public static TabularModel<T> LoadTabular<T>(string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ToTabular<T>(SafetensorsFile.Read(path), Path.GetFileName(path));

    /// <summary>What a file holds, without loading the numbers into a network.</summary>
    /// <exception cref="ModelFileException">The file is damaged or of another kind.</exception>
    public static ModelFileInfo Inspect(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        ModelSpec spec = SpecOf(file, Path.GetFileName(path));
        return new ModelFileInfo(spec.Kind, spec.Tabular is not null, file.Tensors.Any(tensor => tensor.Type == ElementType.Float32), file);
    }

    internal static SafetensorsFile ToFile<T>(TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return ToFile(model.Network, new TabularSpec(model.Encoding, model.InputScaling, model.TargetScaling, model.Units, model.Notes));
    }

    internal static SafetensorsFile ToFile<T>(Module<T> network, TabularSpec? tabular)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["format_version"] = Version,
            ["spec"] = ModelSpecJson.Write(NetworkSpecs.Describe(network) with { Tabular = tabular }),
        };
        var tensors = new List<SafetensorsTensor>();
        foreach ((string name, Parameter<T> parameter) in network.Parameters())
            tensors.Add(Tensor(name, parameter.Value));
        foreach ((string name, StateTensor<T> state) in network.States())
            tensors.Add(Tensor(name, state.Value));
        return new SafetensorsFile(tensors, metadata);
    }

    internal static Module<T> ToNetwork<T>(SafetensorsFile file, string? name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Build<T>(file, SpecOf(file, name), name);

    internal static TabularModel<T> ToTabular<T>(SafetensorsFile file, string? name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelSpec spec = SpecOf(file, name);
        TabularSpec tabular = spec.Tabular ?? throw new ModelFileException("the file holds a bare network without columns and scaling; a model trained on a table is needed", name);
        Module<T> network = Build<T>(file, spec, name);
        try
        {
            return new TabularModel<T>(network, tabular.Encoding, tabular.InputScaling, tabular.TargetScaling, tabular.Units, tabular.Notes);
        }
        catch (ArgumentException error)
        {
            throw new ModelFileException(error.Message, name, "spec", error);
        }
    }

    private static ModelSpec SpecOf(SafetensorsFile file, string? name)
    {
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
            throw new ModelFileException($"the metadata have format '{format ?? "(none)"}'; a KanSharp model has '{Format}' (for files of other programs use an import)", name, "metadata");
        if (!file.Metadata.TryGetValue("format_version", out string? version) || version != Version)
            throw new ModelFileException($"the file has format version '{version ?? "(none)"}'; this program reads version {Version}", name, "metadata");
        if (!file.Metadata.TryGetValue("spec", out string? spec))
            throw new ModelFileException("the structure ('spec') is missing", name, "metadata");
        return ModelSpecJson.Read(spec, name);
    }

    private static Module<T> Build<T>(SafetensorsFile file, ModelSpec spec, string? name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return NetworkSpecs.Build<T>(spec, new TensorSource(file, name));
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new ModelFileException(error.Message, name, "network", error);
        }
    }

    internal static SafetensorsTensor Tensor<T>(string name, Tensor<T> tensor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? SafetensorsTensor.Create<float>(name, tensor.Cast<float>().Span, tensor.Shape.ToArray())
            : SafetensorsTensor.Create<double>(name, tensor.Cast<double>().Span, tensor.Shape.ToArray());
}
