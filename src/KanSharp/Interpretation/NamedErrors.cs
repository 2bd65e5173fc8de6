using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Compares two networks on data.</summary>
internal static class NamedErrors
{
    public static NamedError Of<T>(string name, TrainingData<T> data, KanNetwork<T> before, KanNetwork<T> after, Loss? loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string measure = loss?.Name ?? (data.HasLabels ? new CrossEntropy().Name : "rmse");
        return new NamedError(name, measure, Error(before, data, loss), Error(after, data, loss));
    }

    /// <summary>The loss; by default the root mean squared error for target values and cross-entropy for classes.</summary>
    public static double Error<T>(KanNetwork<T> network, TrainingData<T> data, Loss? loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double value = Evaluation.Loss(network, data, loss);
        return loss is null && !data.HasLabels ? Math.Sqrt(value) : value;
    }

    /// <summary>Largest change of an output over samples.</summary>
    public static double LargestChange<T>(KanNetwork<T> before, KanNetwork<T> after, Tensor<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> first = before.Predict(inputs).Span, second = after.Predict(inputs).Span;
        double largest = 0;
        for (int index = 0; index < first.Length; index++)
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(first[index] - second[index])));
        return largest;
    }
}
