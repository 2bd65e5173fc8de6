using KanSharp.Data;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks;

/// <summary>Linear regression with a ridge chosen by the validation rows: what every other model has to beat.</summary>
internal static class LinearRidge
{
    private static readonly double[] Ridges = [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10];

    /// <summary>The error on the test rows.</summary>
    public static RegressionMetrics Fit(TabularProblem<double> problem)
    {
        DataSplit<double> split = problem.Split;
        int inputs = split.Train.Inputs;
        LinearScaling features = LinearScaling.Standard(split.Train.Features, inputs), target = problem.TargetScaling!;
        double[] matrix = Scaled(split.Train.Features, features), sides = Scaled(split.Train.Targets, target);
        var weights = new double[inputs];
        RegressionMetrics? best = null, test = null;
        foreach (double ridge in Ridges)
        {
            if (!RidgeLeastSquares.Solve<double>(matrix, split.Train.Count, inputs, sides, 1, weights, ridge).Succeeded)
                continue;
            RegressionMetrics validation = Error(split.Validation!, weights, features, target);
            if (best is not null && validation.Rmse >= best.Rmse)
                continue;
            (best, test) = (validation, Error(split.Test!, weights, features, target));
        }

        return test ?? throw new InvalidOperationException("No ridge made the equations regular.");
    }

    private static RegressionMetrics Error(Dataset<double> rows, ReadOnlySpan<double> weights, LinearScaling features, LinearScaling target)
    {
        double[] scaled = Scaled(rows.Features, features);
        var predicted = new double[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int input = 0; input < weights.Length; input++)
                predicted[row] += scaled[row * weights.Length + input] * weights[input];
        }

        target.Invert(predicted);
        return RegressionMetrics.Of<double>(predicted, rows.Targets);
    }

    private static double[] Scaled(ReadOnlySpan<double> values, LinearScaling scaling)
    {
        double[] scaled = values.ToArray();
        scaling.Apply(scaled);
        return scaled;
    }
}
