using System.Globalization;

namespace KanSharp.Autodiff;

/// <summary>Outcome of a <see cref="GradientCheck"/>.</summary>
/// <param name="Passed">Whether every entry agreed within the tolerance.</param>
/// <param name="Checked">Number of entries compared.</param>
/// <param name="Worst">Name of the entry with the largest error, for example <c>weight[1, 0]</c>; empty if nothing was compared.</param>
/// <param name="Analytic">Its gradient from the backward pass.</param>
/// <param name="Numeric">Its gradient from central differences.</param>
/// <param name="Error">Its error as a multiple of what is allowed; above 1 fails.</param>
public sealed record GradientCheckResult(bool Passed, int Checked, string Worst, double Analytic, double Numeric, double Error)
{
    /// <summary>The result in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Passed ? "passed" : "FAILED")}: {Checked} entries, worst {Worst}: analytic {Analytic:G9}, numeric {Numeric:G9}, {Error:G3} times the tolerance");

    /// <summary>Of two results the worse one, with both counts added.</summary>
    internal GradientCheckResult And(GradientCheckResult other) =>
        (Error >= other.Error || double.IsNaN(Error) ? this : other) with { Passed = Passed && other.Passed, Checked = Checked + other.Checked };
}
