using System.Numerics;

namespace KanSharp.Training;

/// <summary>How far predicted numbers are from the true ones, in the units of the targets.</summary>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="Mae">Mean absolute error.</param>
/// <param name="R2">
/// Coefficient of determination 1 − Σ(y − ŷ)²/Σ(y − ȳ)²: 1 is perfect, 0 no better than the mean. For a constant target 1 if all predictions are exact,
/// else 0 (scikit-learn's convention).
/// </param>
public sealed record RegressionMetrics(double Rmse, double Mae, double R2)
{
    /// <summary>The same for each target; the values above take all elements together, R² the mean over the targets.</summary>
    public IReadOnlyList<RegressionMetrics> PerTarget { get; init; } = [];

    /// <summary>Compares predictions with the truth.</summary>
    /// <param name="predicted">Row-major [samples × targets].</param>
    /// <param name="actual">Row-major [samples × targets].</param>
    /// <param name="targets">Targets per sample, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths differ or do not fit, or there is no sample.</exception>
    public static RegressionMetrics Of<T>(ReadOnlySpan<T> predicted, ReadOnlySpan<T> actual, int targets = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, 1);
        if (predicted.Length != actual.Length || actual.Length == 0 || actual.Length % targets != 0)
            throw new ArgumentException($"There are {predicted.Length} predictions and {actual.Length} true values for {targets} targets; both must be samples × targets, at least one sample.");
        var each = new RegressionMetrics[targets];
        for (int target = 0; target < targets; target++)
            each[target] = Column(predicted, actual, targets, target);
        return new RegressionMetrics(
            Math.Sqrt(each.Average(one => one.Rmse * one.Rmse)), each.Average(one => one.Mae), each.Average(one => one.R2))
        {
            PerTarget = each,
        };
    }

    private static RegressionMetrics Column<T>(ReadOnlySpan<T> predicted, ReadOnlySpan<T> actual, int targets, int target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int samples = actual.Length / targets;
        double mean = 0;
        for (int index = target; index < actual.Length; index += targets)
            mean += double.CreateTruncating(actual[index]) / samples;
        double squares = 0, absolute = 0, spread = 0;
        for (int index = target; index < actual.Length; index += targets)
        {
            double truth = double.CreateTruncating(actual[index]);
            double error = double.CreateTruncating(predicted[index]) - truth;
            squares += error * error;
            absolute += Math.Abs(error);
            spread += (truth - mean) * (truth - mean);
        }

        double r2 = spread > 0 ? 1 - squares / spread : squares == 0 ? 1 : 0;
        return new RegressionMetrics(Math.Sqrt(squares / samples), absolute / samples, r2);
    }
}
