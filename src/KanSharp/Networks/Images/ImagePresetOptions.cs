namespace KanSharp.Networks.Images;

/// <summary>What may be chosen in a preset.</summary>
public sealed record ImagePresetOptions
{
    /// <summary>Family of the functions, as <see cref="Layers.KanFamilies"/> names it; null (default) for what was published. Only for presets with KAN layers.</summary>
    public string? Basis { get; init; }

    /// <summary>Size of the family, grid intervals for splines; null (default) for what was published.</summary>
    public int? Size { get; init; }

    /// <summary>Factor of the numbers of channels between the layers, for presets of KanSharp's own. Default 1.</summary>
    public double Width { get; init; } = 1;
}
