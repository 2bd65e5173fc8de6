namespace KanSharp.Interpretation;

/// <summary>How scores are computed.</summary>
public sealed record AttributionOptions
{
    /// <summary>What each output is worth, one number per output (pykan: <c>out_score</c>); null (default) counts each as 1.</summary>
    public IReadOnlyList<double>? OutputWeights { get; init; }

    /// <summary>
    /// Added to the spread of a sub-node before edges are divided by it, at least 0 (default 10⁻⁴, as pykan). With 0 scores do not depend on the scale of the
    /// network's values, and a sub-node without spread gives its edges the score 0.
    /// </summary>
    public double Offset
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Offset), value, "Offset is finite and at least 0.");
    } = 1e-4;
}
