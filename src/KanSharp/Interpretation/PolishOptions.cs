namespace KanSharp.Interpretation;

/// <summary>How <see cref="ConstantPolish"/> fits the constants of a formula.</summary>
public sealed record PolishOptions
{
    /// <summary>Most evaluations of the formula and its derivatives for one start, at least 1 (default 60).</summary>
    public int MaxIterations
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxIterations), value, "MaxIterations is at least 1.");
    } = 60;

    /// <summary>Starts: the constants as they stand, then scattered ones; at least 1 (default 1).</summary>
    public int Starts
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Starts), value, "Starts is at least 1.");
    } = 1;

    /// <summary>Size of the scatter of further starts: each constant is multiplied by exp(s·n) and moved by 0.1·s·n′, n normal; positive (default 0.7).</summary>
    public double Scatter
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Scatter), value, "Scatter is a positive finite number.");
    } = 0.7;

    /// <summary>Seed of the scattered starts (default 0).</summary>
    public ulong Seed { get; init; }

    /// <summary>Converged when the expected relative decrease of the sum of squares is below this; at least 0 (default 10⁻¹⁰).</summary>
    public double Tolerance
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, "Tolerance is at least 0.");
    } = 1e-10;
}
