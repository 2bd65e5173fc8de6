using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Training;

/// <summary>What networks on different grids are compared by; see <see cref="GridStage.Score"/>.</summary>
internal static class GridScore
{
    /// <summary>The validation loss, or generalised cross-validation of the training loss.</summary>
    /// <param name="loss">Validation loss; training loss where there are no validation data.</param>
    /// <param name="network">The network that has it.</param>
    /// <param name="data">What it was trained on.</param>
    public static double Of<T>(double loss, KanNetwork<T> network, TrainingData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.Validation is not null)
            return loss;
        double free = 1 - (double)network.CountParameters() / Values(data);
        return free > 0 ? loss / (free * free) : double.PositiveInfinity;
    }

    /// <summary>Target values of the training data.</summary>
    public static long Values<T>(TrainingData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        data.HasLabels ? data.Count : data.Targets!.Shape.Count;
}
