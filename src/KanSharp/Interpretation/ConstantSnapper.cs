using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>
/// Replaces fitted constants by simple ones (0, 1, fractions, multiples of π, e, √2 …, short decimals) where the data can not tell the difference.
/// </summary>
/// <remarks>
/// A constant is replaced if, with all others fitted anew, the sum of squared residuals grows by no more than chance allows
/// (<see cref="SnapOptions.Threshold"/>), and if the simple number is shorter to describe than the digits of the fitted one that the data support
/// (<see cref="SnapOptions.MinimumSaving"/>): a fraction that fits only because there are so many fractions stays out. The one that saves most goes first, terms
/// whose factor is 0 within its error before all others. With residuals at rounding level the threshold is <see cref="SnapOptions.NoiseFloor"/>.
/// </remarks>
public static class ConstantSnapper
{
    private const int MostPasses = 12;

    /// <summary>Fits the constants of a formula and replaces those that it can.</summary>
    /// <param name="expression">The formula; its constants are the start of the fit.</param>
    /// <param name="variables">Names of the columns, in their order.</param>
    /// <param name="rows">Data, row-major [N × variables].</param>
    /// <param name="targets">N values.</param>
    /// <param name="options">When to replace; the defaults if null.</param>
    /// <param name="cancellationToken">Ends with the best so far.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the formula has a variable that is no column.</exception>
    public static SnapResult Snap(
        Expression expression, IReadOnlyList<string> variables, ReadOnlySpan<double> rows, ReadOnlySpan<double> targets,
        SnapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expression);
        FormulaData.Check(variables, rows, targets);
        var run = new SnapRun(variables, rows.ToArray(), targets.ToArray(), options ?? new SnapOptions(), cancellationToken);
        Expression fitted = run.Start(expression.Simplify());
        FormulaCandidate before = FormulaCandidate.Measure(fitted, variables, rows, targets, "");
        if (!double.IsFinite(before.Rmse))
            return Result(before with { Formula = expression }, before, [], StopReason.Diverged);
        Expression formula = fitted;
        for (int pass = 0; pass < MostPasses && run.Pass(ref formula); pass++)
        {
        }

        FormulaCandidate after = FormulaCandidate.Measure(formula.Simplify(), variables, rows, targets, "");
        StopReason reason = cancellationToken.IsCancellationRequested ? StopReason.Cancelled : StopReason.Converged;
        return run.Allows(after.Rmse) ? Result(after, before, run.Snapped, reason) : Result(before, before, [], reason);
    }

    private static SnapResult Result(FormulaCandidate formula, FormulaCandidate before, IReadOnlyList<SnappedConstant> snapped, StopReason reason) => new()
    {
        Formula = formula.Formula,
        Rmse = formula.Rmse,
        RmseBefore = before.Rmse,
        R2 = formula.R2,
        Snapped = [.. snapped],
        Reason = reason,
    };
}
