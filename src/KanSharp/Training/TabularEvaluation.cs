using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>How well rows of a table are predicted, in original units.</summary>
/// <param name="Rows">Rows that were predicted.</param>
/// <param name="Regression">Errors of numbers; null for classification.</param>
/// <param name="Classification">Errors of classes; null for regression.</param>
public sealed record TabularEvaluation(int Rows, RegressionMetrics? Regression, ClassificationMetrics? Classification)
{
    /// <summary>Evaluates a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Encoded rows with their targets, in original units.</param>
    /// <param name="executor">Where to run; the process-wide executor by default.</param>
    public static TabularEvaluation Of<T>(TabularModel<T> model, Dataset<double> rows, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows, model.Predict(rows.Features, executor));
    }

    /// <summary>Evaluates given predictions.</summary>
    /// <param name="rows">Encoded rows with their targets, in original units.</param>
    /// <param name="predictions">Row-major [rows × targets], or [rows × classes] probabilities.</param>
    public static TabularEvaluation Of(Dataset<double> rows, ReadOnlySpan<double> predictions)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Task == TaskKind.Regression
            ? new TabularEvaluation(rows.Count, RegressionMetrics.Of(predictions, rows.Targets, rows.Outputs), null)
            : new TabularEvaluation(rows.Count, null, ClassificationMetrics.Of(predictions, rows.Outputs, rows.Classes));
    }

    /// <summary>What a prediction reaches that ignores the features: the mean of each target, or the shares of the classes.</summary>
    /// <param name="train">The rows that mean or shares are taken from.</param>
    /// <param name="rows">The rows to predict.</param>
    public static TabularEvaluation Constant(Dataset<double> train, Dataset<double> rows)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(rows);
        double[] constant = train.Task == TaskKind.Regression ? Means(train) : Shares(train);
        var predictions = new double[rows.Count * constant.Length];
        for (int row = 0; row < rows.Count; row++)
            constant.CopyTo(predictions.AsSpan(row * constant.Length));
        return Of(rows, predictions);
    }

    /// <summary>A metric for the epochs of a training run, on its validation rows: "rmse" in original units, or "accuracy".</summary>
    /// <param name="problem">The problem that is trained on.</param>
    public static Metric<T> EpochMetric<T>(TabularProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        Dataset<double> rows = problem.Split.Validation ?? problem.Split.Train;
        return new Metric<T>(rows.Task == TaskKind.Regression ? "rmse" : "accuracy", (outputs, _) =>
        {
            TabularEvaluation evaluation = Of(rows, Predictions(problem, rows, outputs));
            return evaluation.Regression?.Rmse ?? evaluation.Classification!.Accuracy;
        });
    }

    private static double[] Predictions<T>(TabularProblem<T> problem, Dataset<double> rows, Tensor<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var predictions = new double[rows.Count * rows.Outputs];
        TabularOutputs.Interpret(problem.Task, problem.TargetScaling, rows.Outputs, outputs.Span, predictions);
        return predictions;
    }

    private static double[] Means(Dataset<double> rows)
    {
        var means = new double[rows.Outputs];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int target = 0; target < means.Length; target++)
                means[target] += (rows.Targets[row * means.Length + target] - means[target]) / (row + 1);
        }

        return means;
    }

    private static double[] Shares(Dataset<double> rows)
    {
        var shares = new double[rows.Outputs];
        foreach (int label in rows.Classes)
            shares[label] += 1.0 / rows.Count;
        return shares;
    }
}
