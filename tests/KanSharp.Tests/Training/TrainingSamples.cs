using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Small problems to train on.</summary>
internal static class TrainingSamples
{
    /// <summary>y = sin(3·x₁)·x₂ on [−1, 1]².</summary>
    public static TrainingData<T> Wave<T>(int count, ulong seed = 7, T[]? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(seed);
        var inputs = new Tensor<T>(new Shape(count, 2));
        var targets = new Tensor<T>(new Shape(count, 1));
        for (int row = 0; row < count; row++)
        {
            double x = random.NextDouble() * 2 - 1;
            double y = random.NextDouble() * 2 - 1;
            inputs[row, 0] = T.CreateTruncating(x);
            inputs[row, 1] = T.CreateTruncating(y);
            targets[row, 0] = T.CreateTruncating(Math.Sin(3 * x) * y);
        }

        return new TrainingData<T>(inputs, targets, weights);
    }

    /// <summary>Three classes: which third of the circle a point is in.</summary>
    public static TrainingData<T> Thirds<T>(int count, ulong seed = 9)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(seed);
        var inputs = new Tensor<T>(new Shape(count, 2));
        var labels = new int[count];
        for (int row = 0; row < count; row++)
        {
            double x = random.NextDouble() * 2 - 1;
            double y = random.NextDouble() * 2 - 1;
            inputs[row, 0] = T.CreateTruncating(x);
            inputs[row, 1] = T.CreateTruncating(y);
            labels[row] = Math.Clamp((int)((Math.Atan2(y, x) / Math.PI + 1) * 1.5), 0, 2);
        }

        return new TrainingData<T>(inputs, labels);
    }

    public static TrainingData<T> With<T>(TrainingData<T> train, TrainingData<T> validation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => train.HasLabels
            ? new TrainingData<T>(train.Inputs, train.Labels.ToArray()) { Validation = validation }
            : new TrainingData<T>(train.Inputs, train.Targets!) { Validation = validation };
}
