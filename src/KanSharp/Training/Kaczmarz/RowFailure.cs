using System.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Says in words why the residual of a record is not finite.</summary>
internal static class RowFailure
{
    public static string Describe<T>(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, long record)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int input = 0; input < inputs.Length; input++)
        {
            if (!T.IsFinite(inputs[input]))
                return $"input {input} of sample {record} is not finite";
        }

        for (int target = 0; target < targets.Length; target++)
        {
            if (!T.IsFinite(targets[target]))
                return $"target {target} of sample {record} is not finite";
        }

        return $"the residual of sample {record} is not finite although its inputs and targets are: the steps are too long, lower LearningRate or raise Damping";
    }
}
