using System.Numerics;
using KanSharp.Data;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Turns what a network puts out into predictions of a table.</summary>
internal static class TabularOutputs
{
    /// <summary>Network outputs to values in original units, or to one probability per class.</summary>
    /// <param name="task">What is predicted.</param>
    /// <param name="scaling">Scaling of the targets; null for classification.</param>
    /// <param name="width">Targets or classes.</param>
    /// <param name="outputs">Row-major network outputs.</param>
    /// <param name="predictions">Receives [rows × targets] or [rows × classes].</param>
    public static void Interpret<T>(TabularTask task, LinearScaling? scaling, int width, ReadOnlySpan<T> outputs, Span<double> predictions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (task == TabularTask.Binary)
        {
            for (int row = 0; row < outputs.Length; row++)
            {
                double odds = double.CreateTruncating(outputs[row]);
                predictions[2 * row] = Activation.Sigmoid.Evaluate(-odds);
                predictions[2 * row + 1] = Activation.Sigmoid.Evaluate(odds);
            }

            return;
        }

        for (int index = 0; index < outputs.Length; index++)
            predictions[index] = double.CreateTruncating(outputs[index]);
        if (task == TabularTask.Regression)
        {
            scaling!.Invert(predictions);
            return;
        }

        for (int start = 0; start < predictions.Length; start += width)
            ClassProbabilities.FromLogits(predictions.Slice(start, width));
    }
}
