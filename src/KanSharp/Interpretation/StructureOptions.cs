using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Thresholds of structure detection; scores are relative to the spread of the function, for variables in units of their standard deviations.</summary>
public sealed record StructureOptions
{
    /// <summary>Interaction of two variables below which they count as separated; at least 0 (default 10⁻², as in pykan).</summary>
    public double SeparationThreshold
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(SeparationThreshold));
    } = 1e-2;

    /// <summary>Share of all interaction that may lie between groups; at least 0 (default 10⁻², as in pykan).</summary>
    public double ResidualThreshold
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(ResidualThreshold));
    } = 1e-2;

    /// <summary>Change of the direction of the gradient below which a group counts as symmetric; at least 0 (default 10⁻³, as in pykan).</summary>
    public double SymmetryThreshold
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(SymmetryThreshold));
    } = 1e-3;

    /// <summary>
    /// Constant added to the function before its logarithm is taken, for products (default 0). Null looks for it: f + b is a product of functions of i and j where fᵢfⱼ/fᵢⱼ − f
    /// is the same number b everywhere.
    /// </summary>
    public double? Bias { get; init; } = 0;

    /// <summary>Most rows that are looked at, evenly spaced among those given; at least 2 (default 1,000).</summary>
    public int MaxRows
    {
        get;
        init => field = OptionRange.AtLeast(2, value, nameof(MaxRows));
    } = 1000;
}
