namespace KanSharp.Benchmarks.Equations;

/// <summary>What is asked of a problem: an error of one kind, and bounds on time and size.</summary>
/// <param name="Measure">relative_l2_error, max_error, mse or coefficient_error.</param>
/// <param name="Limit">The error allowed.</param>
/// <param name="Seconds">Time allowed; infinite for any.</param>
/// <param name="Parameters">Trainable numbers allowed.</param>
internal sealed record EquationTarget(string Measure, double Limit, double Seconds = double.PositiveInfinity, int Parameters = int.MaxValue)
{
    private static readonly Dictionary<string, EquationTarget> s_targets = new(StringComparer.Ordinal)
    {
        ["ode"] = new("max_error", 1e-9, 0.5),
        ["poisson"] = new("mse", 1e-10, 5, 512),
        ["poisson-square"] = new("mse", 1e-10, 10),
        ["helmholtz"] = new("relative_l2_error", 1e-5, 20),
        ["diffusion"] = new("relative_l2_error", 1e-5, 20),
        ["burgers"] = new("relative_l2_error", 1e-3, 60),
        ["allen-cahn"] = new("relative_l2_error", 1e-3, 60),
        ["diffusion-inverse"] = new("coefficient_error", 1e-2),
    };

    /// <summary>The target of a problem; null for none.</summary>
    public static EquationTarget? Of(string name) => s_targets.GetValueOrDefault(name);

    /// <summary>Whether it is reached.</summary>
    /// <param name="error">The error of the kind that is measured.</param>
    /// <param name="seconds">Seconds.</param>
    /// <param name="parameters">Trainable numbers.</param>
    public bool IsMet(double error, double seconds, double parameters) => error <= Limit && seconds <= Seconds && parameters <= Parameters;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Measure} <= {Limit:G}")
        + (double.IsFinite(Seconds) ? FormattableString.Invariant($" in {Seconds:G} s") : "")
        + (Parameters < int.MaxValue ? FormattableString.Invariant($" with {Parameters} parameters") : "");
}
