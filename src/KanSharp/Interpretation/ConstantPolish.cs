using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>
/// Fits all free constants of a formula to data at once, by Levenberg-Marquardt without any penalty: from constants that are nearly right to the last
/// digit in a few evaluations.
/// </summary>
public static class ConstantPolish
{
    /// <summary>Fits the constants.</summary>
    /// <param name="expression">The formula, whose constants are the first start.</param>
    /// <param name="variables">Names of the columns, in their order.</param>
    /// <param name="rows">Data, row-major [N × variables].</param>
    /// <param name="targets">N values.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="cancellationToken">Ends fitting with the best so far.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the formula has a variable that is no column.</exception>
    public static PolishResult Fit(
        Expression expression, IReadOnlyList<string> variables, ReadOnlySpan<double> rows, ReadOnlySpan<double> targets,
        PolishOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expression);
        FormulaData.Check(variables, rows, targets);
        options ??= new PolishOptions();
        var model = new ConstantModel(expression, variables);
        double[] start = [.. model.Start];
        var fit = new ConstantFit(model, rows.ToArray(), targets.ToArray());
        var random = new SplitRandom(options.Seed);
        double best = double.PositiveInfinity;
        double[] constants = start, inverse = new double[start.Length * start.Length];
        bool converged = false;
        for (int attempt = 0; attempt < options.Starts && !cancellationToken.IsCancellationRequested; attempt++)
        {
            if (!fit.Start(attempt == 0 ? start : Scattered(start, options.Scatter, random)))
                continue;
            fit.Minimise(options.MaxIterations, options.Tolerance, cancellationToken);
            if (!(fit.Cost < best))
                continue;
            (best, converged) = (fit.Cost, fit.Converged);
            constants = [.. fit.Theta];
            inverse = fit.InverseCurvature();
        }

        double variance = best / Math.Max(1, targets.Length - start.Length);
        (StopReason reason, string message) = Ending(best, converged, cancellationToken.IsCancellationRequested, options);
        return new PolishResult
        {
            Formula = double.IsFinite(best) ? model.With(constants) : expression,
            Constants = constants,
            Covariance = [.. inverse.Select(value => value * variance)],
            Rmse = Math.Sqrt(best / targets.Length),
            R2 = 1 - best / targets.Length / Statistics.Variance(targets),
            Iterations = fit.Evaluations,
            Reason = reason,
            Message = message,
        };
    }

    private static (StopReason Reason, string Message) Ending(double best, bool converged, bool cancelled, PolishOptions options) =>
        !double.IsFinite(best)
            ? cancelled
                ? (StopReason.Cancelled, "Cancelled before the first start.")
                : (StopReason.Diverged, $"The formula has no finite value in some row for any of {options.Starts} starts.")
            : cancelled
                ? (StopReason.Cancelled, "Cancelled; these are the best constants so far.")
                : converged
                    ? (StopReason.Converged, "The constants can not be improved further.")
                    : (StopReason.BudgetReached, $"{options.MaxIterations} evaluations were made.");

    private static double[] Scattered(double[] start, double scatter, SplitRandom random) =>
        [.. start.Select(value => value * Math.Exp(scatter * random.NextNormal()) + 0.1 * scatter * random.NextNormal())];
}
