namespace KanSharp.Benchmarks.Equations;

/// <summary>What is asked of a problem: an error of one kind, and bounds on time and size.</summary>
/// <param name="Measure">relative_l2, max_error, mse or coefficient_error.</param>
/// <param name="Limit">The error allowed.</param>
/// <param name="Seconds">Time allowed; infinite for any.</param>
/// <param name="Parameters">Trainable numbers allowed.</param>
internal sealed record EquationTarget(string Measure, double Limit, double Seconds = double.PositiveInfinity, int Parameters = int.MaxValue)
{
    private static readonly Dictionary<string, EquationTarget> s_targets = new()
    {
        ["ode"] = new("max_error", 1e-9, 0.5),
        ["poisson"] = new("mse", 1e-10, 5, 512),
        ["poisson-square"] = new("mse", 1e-10, 10),
        ["helmholtz"] = new("relative_l2", 1e-5, 20),
        ["diffusion"] = new("relative_l2", 1e-5, 20),
        ["burgers"] = new("relative_l2", 1e-3, 60),
        ["allen-cahn"] = new("relative_l2", 1e-3, 60),
        ["diffusion-inverse"] = new("coefficient_error", 1e-2),
    };

    /// <summary>The target of a problem; null for none.</summary>
    public static EquationTarget? Of(string name) => s_targets.GetValueOrDefault(name);

    /// <summary>Whether medians reach it.</summary>
    public bool IsMet(IReadOnlyList<EquationResult> results) =>
        EquationResult.Median(results, Measure) <= Limit && EquationResult.Median(results, "seconds") <= Seconds && EquationResult.Median(results, "parameters") <= Parameters;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Measure} <= {Limit:G}")
        + (double.IsFinite(Seconds) ? FormattableString.Invariant($" in {Seconds:G} s") : "") + (Parameters < int.MaxValue ? FormattableString.Invariant($" with {Parameters} parameters") : "");
}
