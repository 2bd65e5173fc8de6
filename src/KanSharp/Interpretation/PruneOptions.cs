using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>What <see cref="Pruner"/> removes. The defaults are pykan's.</summary>
public sealed record PruneOptions
{
    /// <summary>Hidden nodes whose score is not above this go (default 10⁻²); null keeps all.</summary>
    public double? NodeThreshold { get; init; } = 1e-2;

    /// <summary>Edges whose score is not above this go (default 3·10⁻²), scored after the nodes went; null keeps all.</summary>
    public double? EdgeThreshold { get; init; } = 3e-2;

    /// <summary>Inputs whose score is not above this go (pykan's <c>prune_input</c> has 10⁻²), scored at the end; null (default) keeps all.</summary>
    public double? InputThreshold { get; init; }

    /// <summary>Hidden nodes to keep, those of highest score, at least 1; in place of <see cref="NodeThreshold"/>. Null (default) goes by the threshold.</summary>
    public int? KeepNodes
    {
        get;
        init => field = AtLeastOne(value, nameof(KeepNodes));
    }

    /// <summary>Edges to keep, those of highest score, at least 1; in place of <see cref="EdgeThreshold"/>. Null (default) goes by the threshold.</summary>
    public int? KeepEdges
    {
        get;
        init => field = AtLeastOne(value, nameof(KeepEdges));
    }

    /// <summary>Inputs to keep, those of highest score, at least 1; in place of <see cref="InputThreshold"/>. Null (default) goes by the threshold.</summary>
    public int? KeepInputs
    {
        get;
        init => field = AtLeastOne(value, nameof(KeepInputs));
    }

    /// <summary>Whether inputs that no edge uses any longer go, too (default false: they stay, without edges).</summary>
    public bool DropUnusedInputs { get; init; }

    /// <summary>
    /// Whether the mean of a removed edge over the samples stays, as a bias (default true): an edge that is constant but not 0 can go without harm. False removes
    /// it whole, as pykan does.
    /// </summary>
    public bool KeepMeans { get; init; } = true;

    /// <summary>What scores are (default KAN 2.0's).</summary>
    public PruneMeasure Measure { get; init; }

    /// <summary>How attribution scores are computed; the defaults if null.</summary>
    public AttributionOptions? Attribution { get; init; }

    /// <summary>Loss of the errors in the report; null (default) takes the root mean squared error for target values and cross-entropy for classes.</summary>
    public Loss? Loss { get; init; }

    /// <summary>Whether to report only: the result's network is then the one that was given (default false).</summary>
    public bool DryRun { get; init; }

    private static int? AtLeastOne(int? value, string name) =>
        value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1, or null.");
}
