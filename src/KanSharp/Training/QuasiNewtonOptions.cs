namespace KanSharp.Training;

/// <summary>
/// Settings that quasi-Newton methods have in common. They need the loss over all data. One step runs up to <see cref="MaxIterations"/> iterations;
/// with a line search, trial points whose loss or gradient is not finite are rejected, and a step never ends higher than it began. The learning
/// rate (default 1) is the first trial step.
/// </summary>
public abstract record QuasiNewtonOptions : OptimizerOptions
{
    private protected QuasiNewtonOptions()
        : base(1)
    {
    }

    /// <summary>Iterations per step, at least 1 (default 20).</summary>
    public int MaxIterations
    {
        get;
        init => field = OptionRange.AtLeast(1, value, nameof(MaxIterations));
    } = 20;

    /// <summary>Evaluations per step after which no further iteration starts; 0 (default) means 5/4 of <see cref="MaxIterations"/>.</summary>
    public int MaxEvaluations
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxEvaluations), value, "MaxEvaluations is at least 0.");
    }

    /// <summary>Converged when no gradient element exceeds this (default 10⁻¹⁰; PyTorch's 10⁻⁷ stops long before a KAN is at its limit).</summary>
    public double GradientTolerance
    {
        get;
        init => field = NonNegative(value, nameof(GradientTolerance));
    } = 1e-10;

    /// <summary>A step ends when loss or parameters change by less than this (default 10⁻¹⁶; PyTorch has 10⁻⁹).</summary>
    public double ChangeTolerance
    {
        get;
        init => field = NonNegative(value, nameof(ChangeTolerance));
    } = 1e-16;

    /// <summary>
    /// Curvature is learned from a step only if s·y exceeds this times |s||y| (default 10⁻¹⁰). Relative, unlike PyTorch's, because near a minimum
    /// every honest pair falls below an absolute bound and nothing more would be learned.
    /// </summary>
    public double CurvatureTolerance
    {
        get;
        init => field = NonNegative(value, nameof(CurvatureTolerance));
    } = 1e-10;

    /// <summary>How steps are chosen (default <see cref="StepSearch.StrongWolfe"/>).</summary>
    public StepSearch Search { get; init; }

    /// <summary>
    /// The constant c₂ of the strong Wolfe condition |slope| ≤ c₂|slope₀|, above 10⁻⁴ and below 1 (default 0.9); small values search along the line almost exactly.
    /// </summary>
    public double WolfeCurvature
    {
        get;
        init => field = value is > LineSearchConstants.Armijo and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WolfeCurvature), value, $"WolfeCurvature is above {LineSearchConstants.Armijo} and below 1.");
    } = 0.9;

    /// <summary>What is minimised: the loss (default), its root or its logarithm. Tolerances are about what is minimised; reported losses are not transformed.</summary>
    public LossTransform Transform { get; init; }

    private static double NonNegative(double value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0.");
}
