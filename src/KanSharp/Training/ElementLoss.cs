using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>The loss of one number against its target, with its derivative.</summary>
internal interface IElementLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Value and derivative with respect to <paramref name="output"/>.</summary>
    T Evaluate(T output, T target, out T slope);
}

/// <summary>Averages an element-wise loss: value and gradient in one pass, added up in index order in double precision.</summary>
internal static class ElementLoss
{
    public static Var<T> Mean<T, TLoss>(string name, TLoss loss, Var<T> output, Var<T> target, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoss : struct, IElementLoss<T>
    {
        LossRows.RequireSameShape(name, output, target);
        int columns = output.Shape.Last;
        int rows = output.Shape.Count / columns;
        double scale = 1 / (LossRows.TotalWeight(name, weights, rows) * columns);
        LossNode<T> node = LossNode<T>.Record(output);
        ReadOnlySpan<T> values = output.Values;
        ReadOnlySpan<T> targets = target.Values[..values.Length];
        Span<T> slopes = node.Slope;
        if (weights.IsEmpty)
            return node.Complete(Run(loss, values, targets, slopes, T.CreateTruncating(scale)) * scale);
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            int start = row * columns;
            double weight = double.CreateTruncating(weights[row]);
            Span<T> slope = slopes.IsEmpty ? slopes : slopes.Slice(start, columns);
            total += weight * Run(loss, values.Slice(start, columns), targets.Slice(start, columns), slope, T.CreateTruncating(weight * scale));
        }

        return node.Complete(total * scale);
    }

    private static double Run<T, TLoss>(TLoss loss, ReadOnlySpan<T> values, ReadOnlySpan<T> targets, Span<T> slopes, T slopeScale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoss : struct, IElementLoss<T>
    {
        double total = 0;
        if (slopes.IsEmpty)
        {
            for (int index = 0; index < values.Length; index++)
                total += double.CreateTruncating(loss.Evaluate(values[index], targets[index], out _));
            return total;
        }

        for (int index = 0; index < values.Length; index++)
        {
            total += double.CreateTruncating(loss.Evaluate(values[index], targets[index], out T slope));
            slopes[index] = slope * slopeScale;
        }

        return total;
    }
}
