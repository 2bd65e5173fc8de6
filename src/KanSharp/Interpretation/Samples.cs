using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Parts of samples.</summary>
internal static class Samples
{
    /// <summary>Of more samples than wanted every n-th, else all.</summary>
    public static Tensor<T> Thin<T>(Tensor<T> inputs, int most)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (inputs.Shape.Rank != 2 || inputs.Shape[0] <= most)
            return inputs;
        int stride = (inputs.Shape[0] - 1) / most + 1;
        int rows = (inputs.Shape[0] - 1) / stride + 1;
        var some = new Tensor<T>(new Shape(rows, inputs.Shape[1]));
        for (int row = 0; row < rows; row++)
            inputs.Row(row * stride).CopyTo(some.Row(row));
        return some;
    }

    /// <summary>The training samples alone.</summary>
    public static TrainingData<T> WithoutValidation<T>(TrainingData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.Validation is null)
            return data;
        T[]? weights = data.Weights.IsEmpty ? null : data.Weights.ToArray();
        return data.HasLabels ? new TrainingData<T>(data.Inputs, data.Labels.ToArray(), weights) : new TrainingData<T>(data.Inputs, data.Targets!, weights);
    }
}
