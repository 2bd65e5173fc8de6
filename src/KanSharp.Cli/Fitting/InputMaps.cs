using KanSharp.Layers;

namespace KanSharp.Cli.Fitting;

/// <summary>What may be done to the inputs of a layer, by name: a normalisation, a bound, or one after the other.</summary>
internal static class InputMaps
{
    private static readonly (string Name, InputNormalization Normalization, InputSquash Squash)[] s_all =
    [
        ("none", InputNormalization.None, InputSquash.None),
        ("min-max", InputNormalization.MinMax, InputSquash.None),
        ("batch-norm", InputNormalization.BatchNorm, InputSquash.None),
        ("layer-norm", InputNormalization.LayerNorm, InputSquash.None),
        ("tanh", InputNormalization.None, InputSquash.Tanh),
        ("sigmoid", InputNormalization.None, InputSquash.Sigmoid),
        ("batch-norm+tanh", InputNormalization.BatchNorm, InputSquash.Tanh),
        ("layer-norm+tanh", InputNormalization.LayerNorm, InputSquash.Tanh),
        ("batch-norm+sigmoid", InputNormalization.BatchNorm, InputSquash.Sigmoid),
        ("layer-norm+sigmoid", InputNormalization.LayerNorm, InputSquash.Sigmoid),
    ];

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => s_all.Select(entry => entry.Name);

    /// <summary>Layer options with a map; unchanged for null.</summary>
    public static KanLinearOptions Apply(KanLinearOptions options, string? name)
    {
        if (name is null)
            return options;
        (_, InputNormalization normalization, InputSquash squash) = s_all.First(entry => entry.Name == name);
        return options with { Normalization = normalization, Squash = squash };
    }
}
