using System.Numerics;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks.Images;
using KanSharp.Training;

namespace KanSharp.Interchange;

/// <summary>
/// The file of an image model: one safetensors file with every parameter and state tensor under its path, and metadata <c>format</c> = "kan-image", <c>format_version</c>
/// and <c>spec</c>, a JSON object with preset, family, size, image shape, normalisation and class names. The preset says what the layers are.
/// </summary>
public static class ImageModelFile
{
    private const string Format = "kan-image";
    private const string Version = "1";

    /// <summary>Saves a model.</summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="model">The model, whose network was made from a preset.</param>
    /// <exception cref="NotSupportedException">The network was not made from a preset.</exception>
    public static void Save<T>(string path, ImageModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ToFile(model).Save(path);

    /// <summary>Loads a model; values of another precision are converted.</summary>
    /// <exception cref="ModelFileException">The file is damaged or of another kind.</exception>
    public static ImageModel<T> Load<T>(string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FromFile<T>(SafetensorsFile.Read(path), Path.GetFileName(path));

    /// <summary>Whether a safetensors file says that it is an image model.</summary>
    /// <exception cref="ModelFileException">The file is damaged.</exception>
    public static bool IsImageModel(string path) => SafetensorsFile.Read(path).Metadata.TryGetValue("format", out string? format) && format == Format;

    internal static SafetensorsFile ToFile<T>(ImageModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Network.Preset.Length == 0)
            throw new NotSupportedException("The network was not made from a preset, so a file can not say what its layers are. Save its tensors (Parameters, States) with SafetensorsFile, and build the layers in code.");
        ImageShape shape = model.Network.Shape;
        if ((long)shape.Channels * shape.Height * shape.Width > ImageSpecJson.MostPixels)
            throw new NotSupportedException($"The model reads images of {shape.Channels} × {shape.Height} × {shape.Width}; a file is for images of at most {ImageSpecJson.MostPixels} numbers.");
        var metadata = new Dictionary<string, string> { ["format"] = Format, ["format_version"] = Version, ["spec"] = ImageSpecJson.Write(model) };
        var tensors = new List<SafetensorsTensor>();
        foreach ((string name, Tensor<T> tensor) in Tensors(model.Network))
            tensors.Add(ModelFile.Tensor(name, tensor));
        return new SafetensorsFile(tensors, metadata);
    }

    internal static ImageModel<T> FromFile<T>(SafetensorsFile file, string? name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
            throw new ModelFileException($"the metadata have format '{format ?? "(none)"}'; an image model has '{Format}'", name, "metadata");
        if (!file.Metadata.TryGetValue("format_version", out string? version) || version != Version)
            throw new ModelFileException($"the file has format version '{version ?? "(none)"}'; this program reads version {Version}", name, "metadata");
        if (!file.Metadata.TryGetValue("spec", out string? spec))
            throw new ModelFileException("the structure ('spec') is missing", name, "metadata");
        try
        {
            ImageModel<T> model = ImageSpecJson.Read<T>(spec);
            var source = new TensorSource(file, name);
            foreach ((string path, Tensor<T> target) in Tensors(model.Network))
                source.Take<T>(path, target.Shape).Span.CopyTo(target.Span);
            source.RequireAllTaken();
            return model;
        }
        catch (Exception error) when (error is ArgumentException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new ModelFileException(error.Message, name, "spec", error);
        }
    }

    private static IEnumerable<(string Path, Tensor<T> Tensor)> Tensors<T>(Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        network.Parameters().Select(entry => (entry.Path, entry.Parameter.Value)).Concat(network.States().Select(entry => (entry.Path, entry.State.Value)));
}
