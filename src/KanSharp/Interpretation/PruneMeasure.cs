namespace KanSharp.Interpretation;

/// <summary>What is compared with the thresholds of pruning.</summary>
public enum PruneMeasure
{
    /// <summary>Scores of KAN 2.0, see <see cref="Interpretation.Attribution"/>; they have no units.</summary>
    Attribution,

    /// <summary>
    /// L1 norms of the first KAN paper (arXiv 2404.19756, section 2.5.1): mean |φ| of an edge, for a node the smaller of its largest incoming and its largest outgoing one, for
    /// an input its largest outgoing one.
    /// </summary>
    Magnitude,
}
