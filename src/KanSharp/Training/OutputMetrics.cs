using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>The usual metrics for <see cref="FitHooks{T}.Metrics"/>, from the outputs of a module.</summary>
public static class OutputMetrics
{
    /// <summary>Root mean squared error, named "rmse".</summary>
    public static Metric<T> Rmse<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new("rmse", (outputs, data) => Regression(outputs, data).Rmse);

    /// <summary>Mean absolute error, named "mae".</summary>
    public static Metric<T> Mae<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new("mae", (outputs, data) => Regression(outputs, data).Mae);

    /// <summary>Coefficient of determination, named "r2".</summary>
    public static Metric<T> R2<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new("r2", (outputs, data) => Regression(outputs, data).R2);

    /// <summary>Share of right classes, from logits, named "accuracy".</summary>
    public static Metric<T> Accuracy<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new("accuracy", (outputs, data) => Classification(outputs, data).Accuracy);

    /// <summary>Mean F1 of the classes, from logits, named "macro_f1".</summary>
    public static Metric<T> MacroF1<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new("macro_f1", (outputs, data) => Classification(outputs, data).MacroF1);

    /// <summary>Regression metrics of outputs.</summary>
    /// <param name="outputs">[N, ...], as many values as the targets.</param>
    /// <param name="data">Samples with target values.</param>
    /// <exception cref="ArgumentException">The data have class indices, or the sizes differ.</exception>
    public static RegressionMetrics Regression<T>(Tensor<T> outputs, TrainingData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(data);
        Tensor<T> targets = data.Targets ?? throw new ArgumentException("These metrics need target values; the samples have class indices.", nameof(data));
        return RegressionMetrics.Of<T>(outputs.Span, targets.Span, targets.Shape.Count / data.Count);
    }

    /// <summary>Classification metrics of logits.</summary>
    /// <param name="logits">[N, classes], or [N, 1] with the log-odds of the second of two classes.</param>
    /// <param name="data">Samples with class indices.</param>
    /// <exception cref="ArgumentException">The data have target values, or the sizes differ.</exception>
    public static ClassificationMetrics Classification<T>(Tensor<T> logits, TrainingData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(data);
        if (!data.HasLabels)
            throw new ArgumentException("These metrics need class indices; the samples have target values.", nameof(data));
        int classes = Math.Max(1, logits.Shape.Count / data.Count);
        var probabilities = new double[logits.Shape.Count];
        for (int index = 0; index < probabilities.Length; index++)
        {
            double logit = double.CreateTruncating(logits.Span[index]);
            probabilities[index] = classes == 1 ? Activation.Sigmoid.Evaluate(logit) : logit;
        }

        for (int start = 0; classes > 1 && start < probabilities.Length; start += classes)
            ClassProbabilities.FromLogits(probabilities.AsSpan(start, classes));
        return ClassificationMetrics.Of<double>(probabilities, classes, data.Labels);
    }
}
