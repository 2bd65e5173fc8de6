using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>Checks and weights that all losses share.</summary>
internal static class LossRows
{
    /// <summary>Refuses anything but equal shapes with at least one element, and targets that want a gradient.</summary>
    public static void RequireSameShape<T>(string loss, Var<T> output, Var<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        output.Tape.Own(target);
        if (output.Shape != target.Shape)
            throw new ArgumentException($"Loss '{loss}': the output has shape {output.Shape}, the target {target.Shape}. They must be equal; nothing is broadcast. Reshape one of them.", nameof(target));
        if (target.Node.RequiresGradient)
            throw new ArgumentException($"Loss '{loss}': the target must be a constant; write the loss with ordinary operations if gradient is to flow to both.", nameof(target));
        RequireRows(loss, output);
    }

    /// <summary>Refuses an output without elements: a mean over nothing has no value.</summary>
    public static void RequireRows<T>(string loss, Var<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (output.Shape.Count == 0)
            throw new ArgumentException($"Loss '{loss}': the output has shape {output.Shape}, so there is nothing to average.", nameof(output));
    }

    /// <summary>Refuses a number of labels that differs from the number of rows.</summary>
    public static void RequireLabels<T>(string loss, Var<T> output, int rows, int labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireRows(loss, output);
        if (labels != rows)
            throw new ArgumentException($"Loss '{loss}': the output has shape {output.Shape}, which is {rows} rows; {labels} labels were given. One per row is needed.", nameof(labels));
    }

    /// <summary>Sum of the weights, or the number of rows without any.</summary>
    public static double TotalWeight<T>(string loss, ReadOnlySpan<T> weights, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (weights.IsEmpty)
            return rows;
        if (weights.Length != rows)
            throw new ArgumentException($"Loss '{loss}': {weights.Length} weights were given for {rows} rows. One per row is needed.", nameof(weights));
        double total = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            double weight = double.CreateTruncating(weights[row]);
            if (!(weight >= 0) || double.IsInfinity(weight))
                throw new ArgumentException($"Loss '{loss}': weight {row} is {weight}; weights are finite and not negative.", nameof(weights));
            total += weight;
        }

        return total > 0
            ? total
            : throw new ArgumentException($"Loss '{loss}': all {rows} weights are 0, so there is nothing to average.", nameof(weights));
    }
}
