using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;

namespace KanSharp.Training;

/// <summary>Encoded rows as a network takes them.</summary>
internal static class TabularRows
{
    /// <summary>Scaled features, and scaled targets or class indices.</summary>
    public static TrainingData<T> Scale<T>(Dataset<double> rows, Dataset<double>? validation, TabularTask task, LinearScaling inputScaling, LinearScaling? targetScaling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingData<T>? held = validation is null ? null : Scale<T>(validation, null, task, inputScaling, targetScaling);
        double[] features = rows.Features.ToArray();
        inputScaling.Apply(features);
        Tensor<T> inputs = new Tensor<double>(new Shape(rows.Count, rows.Inputs), features).Cast<T>();
        if (task == TabularTask.Multiclass)
            return new TrainingData<T>(inputs, rows.Classes.ToArray()) { Validation = held };
        double[] targets = task == TabularTask.Binary ? Array.ConvertAll(rows.Classes.ToArray(), label => (double)label) : rows.Targets.ToArray();
        targetScaling?.Apply(targets);
        return new TrainingData<T>(inputs, new Tensor<double>(new Shape(rows.Count, targets.Length / rows.Count), targets).Cast<T>()) { Validation = held };
    }
}
