namespace KanSharp.Plotting;

/// <summary>How an axis spaces its values.</summary>
public enum AxisScale
{
    /// <summary>Equal differences, equal distances.</summary>
    Linear,

    /// <summary>Equal ratios, equal distances; values that are not positive are gaps.</summary>
    Log,
}
