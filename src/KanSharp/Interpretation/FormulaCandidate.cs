using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>A formula and how well it does on the data that its maker names.</summary>
/// <param name="Formula">The formula, in the names of the columns.</param>
/// <param name="Complexity">Its <see cref="Expression.Complexity"/>.</param>
/// <param name="Rmse">Root of the mean squared error; +∞ where the formula has no finite value in some row.</param>
/// <param name="R2">1 − squared error/squared deviation from the mean; NaN for constant targets.</param>
/// <param name="Origin">Where it comes from, in words.</param>
public sealed record FormulaCandidate(Expression Formula, int Complexity, double Rmse, double R2, string Origin)
{
    /// <summary>Measures a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="variables">Names of the columns, in their order; every variable of the formula among them.</param>
    /// <param name="rows">Data, row-major [N × variables].</param>
    /// <param name="targets">N values.</param>
    /// <param name="origin">Where it comes from, in words.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static FormulaCandidate Measure(
        Expression formula, IReadOnlyList<string> variables, ReadOnlySpan<double> rows, ReadOnlySpan<double> targets, string origin)
    {
        ArgumentNullException.ThrowIfNull(formula);
        FormulaData.Check(variables, rows, targets);
        double[] y = new double[targets.Length];
        formula.Compile(variables).Evaluate(rows, y);
        CompensatedSum squares = default;
        for (int row = 0; row < y.Length; row++)
        {
            double error = y[row] - targets[row];
            squares.Add(error * error);
        }

        double mse = squares.Total / targets.Length;
        if (!double.IsFinite(mse))
            mse = double.PositiveInfinity;
        return new FormulaCandidate(formula, formula.Complexity, Math.Sqrt(mse), 1 - mse / Statistics.Variance(targets), origin);
    }
}
