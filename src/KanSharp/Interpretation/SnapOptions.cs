namespace KanSharp.Interpretation;

/// <summary>When <see cref="ConstantSnapper"/> replaces a constant.</summary>
public sealed record SnapOptions
{
    /// <summary>
    /// Most that one replacement may add to the sum of squared residuals, in units of the residual variance; positive (default 10.8: by chance once in a
    /// thousand, χ² with one degree of freedom).
    /// </summary>
    public double Threshold
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threshold), value, "Threshold is a positive finite number.");
    } = 10.8;

    /// <summary>
    /// What a replacement must save in description length, in nats, at least 0 (default 3): a number of digits that fits by chance as well as this once in
    /// e³ ≈ 20 times is left as it is.
    /// </summary>
    public double MinimumSaving
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MinimumSaving), value, "MinimumSaving is at least 0.");
    } = 3;

    /// <summary>Residuals below this, relative to the deviation of the targets, count as rounding; positive (default 10⁻¹⁰).</summary>
    public double NoiseFloor
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(NoiseFloor), value, "NoiseFloor is a positive finite number.");
    } = 1e-10;

    /// <summary>Most evaluations of the fit before the first replacement, at least 1 (default 60).</summary>
    public int MaxIterations
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxIterations), value, "MaxIterations is at least 1.");
    } = 60;
}
