using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Networks.Images;

/// <summary>An architecture for images by name.</summary>
public sealed class ImagePreset
{
    private readonly Action<IImageLayers> _build;

    internal ImagePreset(string name, string summary, Action<IImageLayers> build, bool isKan = true, bool isPublished = true)
    {
        (Name, Summary, _build, IsKan, IsPublished) = (name, summary, build, isKan, isPublished);
    }

    /// <summary>The name: <c>kkan</c>, <c>cnn-medium</c> …</summary>
    public string Name { get; }

    /// <summary>What it is, in a line.</summary>
    public string Summary { get; }

    /// <summary>Whether there are KAN layers, whose family can be chosen.</summary>
    public bool IsKan { get; }

    /// <summary>Whether the architecture was published, layer by layer; otherwise it is KanSharp's own.</summary>
    public bool IsPublished { get; }

    /// <summary>Creates a network with fresh parameters.</summary>
    /// <param name="shape">What it reads and tells apart.</param>
    /// <param name="options">Family and size; as published if null.</param>
    /// <param name="seed">Seed of the initial values. Default 0.</param>
    /// <exception cref="ArgumentException">Images too small for the layers, or options that do not go with the preset.</exception>
    public ImageNetwork<T> Create<T>(ImageShape shape, ImagePresetOptions? options = null, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        shape.Validate();
        options ??= new ImagePresetOptions();
        if (!IsKan && (options.Basis is not null || options.Size is not null))
            throw new ArgumentException($"Preset '{Name}' has no KAN layers whose family or size could be chosen.", nameof(options));
        if (options.Size is not null && options.Basis is null && Name is "ckan" or "ckan-bn")
            throw new ArgumentException($"Preset '{Name}' was published with grids of 5 intervals alone; choose a family to choose a size.", nameof(options));
        if (options.Basis is not null)
            _ = KanFamilies.Named(options.Basis).Options(options.Size);
        if (!(options.Width > 0) || !double.IsFinite(options.Width))
            throw new ArgumentException($"Width is {options.Width}; it must be positive and finite.", nameof(options));
        if (IsPublished && options.Width != 1)
            throw new ArgumentException($"Width is {options.Width}; preset '{Name}' is a published network and has one width alone, 1.", nameof(options));
        var layers = new ImageLayers<T>(shape, options, new SplitRandom(seed));
        try
        {
            _build(layers);
            return new ImageNetwork<T>(new Sequential<T>([.. layers.Modules]), shape, Name, options);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"Preset '{Name}' can not read images of {shape.Channels} × {shape.Height} × {shape.Width}: {error.Message}", nameof(shape), error);
        }
    }
}
