namespace KanSharp.Plotting;

/// <summary>How a series is drawn.</summary>
public enum SeriesKind
{
    /// <summary>Points joined in their order; a value that is not finite leaves a gap.</summary>
    Line,

    /// <summary>One dot a point.</summary>
    Scatter,

    /// <summary>One bar a point, from zero (from the lower end on a logarithmic axis).</summary>
    Bar,
}
