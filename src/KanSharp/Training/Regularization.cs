namespace KanSharp.Training;

/// <summary>
/// A sparsity and smoothness penalty on KAN layers: λ·Σ over layers of L1·Σv + Entropy·H(v) + Coefficients·Σ|C| + CoefficientDifferences·Σ|ΔC| + Smoothness·Σ(Δ²C)²,
/// with the edge sizes v of a <see cref="Metric"/> and the last three sums averaged over outputs. All gradients are exact, through hidden layers too.
/// </summary>
public sealed record Regularization
{
    /// <summary>pykan's weights and default metric; λ is 1 and to be set.</summary>
    public static Regularization Pykan { get; } = new() { Metric = RegularizationMetric.EdgeForwardNormalized, Entropy = 2 };

    /// <summary>What the size of an edge is (default the KAN paper's).</summary>
    public RegularizationMetric Metric
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Metric), value, "Metric is none of the defined ones.");
    } = RegularizationMetric.MeanActivation;

    /// <summary>Overall weight λ, at least 0 (default 1).</summary>
    public double Lambda
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Lambda));
    } = 1;

    /// <summary>Weight of the sum of edge sizes, at least 0 (default 1; pykan: <c>lamb_l1</c>).</summary>
    public double L1
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(L1));
    } = 1;

    /// <summary>Weight of the entropy of edge sizes, at least 0 (default 1; pykan: <c>lamb_entropy</c>, 2).</summary>
    public double Entropy
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Entropy));
    } = 1;

    /// <summary>Weight of the magnitudes of coefficients, at least 0 (default 0; pykan: <c>lamb_coef</c>).</summary>
    public double Coefficients
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Coefficients));
    }

    /// <summary>Weight of the magnitudes of differences of neighbouring coefficients, at least 0 (default 0; pykan: <c>lamb_coefdiff</c>).</summary>
    public double CoefficientDifferences
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(CoefficientDifferences));
    }

    /// <summary>
    /// Weight of squared second differences of the coefficients of every edge, its scale and mask included, at least 0 (default 0). Differences are divided by those
    /// of the Greville points, so that a straight line costs nothing on any knots; on uniform knots this is the penalty of P-splines (Eilers and Marx 1996).
    /// </summary>
    public double Smoothness
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Smoothness));
    }

    /// <summary>
    /// Leaves out of the gradient what pykan leaves out (default false): the spreads of nodes in the backward metrics, so that the gradient is not that of the penalty and
    /// line searches may find no lower point, and everything about <see cref="RegularizationMetric.EdgeForwardSum"/>, which then penalises nothing.
    /// </summary>
    public bool PykanGradients { get; init; }
}
