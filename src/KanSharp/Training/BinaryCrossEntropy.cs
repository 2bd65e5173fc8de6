using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>
/// Mean binary cross-entropy on logits: max(x, 0) − x·t + log(1 + e^−|x|), which does not overflow for any x. Targets are probabilities in
/// [0, 1] of the output's shape, or class indices 0 and 1 for an output with one logit per sample.
/// </summary>
public sealed record BinaryCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "binary-cross-entropy";

    /// <inheritdoc/>
    public override bool AcceptsLabels => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A target is not in [0, 1].</exception>
    public override Var<T> Of<T>(Var<T> output, Var<T> target, ReadOnlySpan<T> weights = default)
    {
        LossRows.RequireSameShape(Name, output, target);
        ReadOnlySpan<T> targets = target.Values;
        for (int index = 0; index < targets.Length; index++)
        {
            if (!(targets[index] >= T.Zero && targets[index] <= T.One))
                throw new ArgumentOutOfRangeException(nameof(target), targets[index], $"Loss '{Name}': target element {index} is not a probability in [0, 1].");
        }

        return ElementLoss.Mean(Name, default(Logistic<T>), output, target, weights);
    }

    /// <inheritdoc/>
    public override Var<T> Of<T>(Var<T> output, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights = default)
    {
        int rows = output.Shape.Count;
        if (output.Shape.Rank > 1 && output.Shape.Last != 1)
            throw new ArgumentException($"Loss '{Name}': class indices need one logit per sample, [N, 1] or [N]; the output has shape {output.Shape}. Use 'cross-entropy' for several classes.", nameof(output));
        LossRows.RequireLabels(Name, output, rows, labels.Length);
        double scale = 1 / LossRows.TotalWeight(Name, weights, rows);
        LossNode<T> node = LossNode<T>.Record(output);
        ReadOnlySpan<T> logits = output.Values;
        Span<T> slopes = node.Slope;
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            if ((uint)labels[row] > 1)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[row], $"Loss '{Name}': the label of sample {row} is {labels[row]}; allowed are 0 and 1.");
            double weight = weights.IsEmpty ? 1 : double.CreateTruncating(weights[row]);
            T value = default(Logistic<T>).Evaluate(logits[row], labels[row] == 1 ? T.One : T.Zero, out T slope);
            total += weight * double.CreateTruncating(value);
            if (!slopes.IsEmpty)
                slopes[row] = slope * T.CreateTruncating(weight * scale);
        }

        return node.Complete(total * scale);
    }

    private readonly struct Logistic<T> : IElementLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T Evaluate(T output, T target, out T slope)
        {
            T decay = T.Exp(-T.Abs(output));
            T small = decay / (T.One + decay);
            slope = (output < T.Zero ? small : T.One / (T.One + decay)) - target;
            return T.Max(output, T.Zero) - output * target + LogOnePlus(decay);
        }

        /// <summary>log(1 + x) without loss for small x (W. Kahan): the rounding error of 1 + x cancels in the quotient.</summary>
        private static T LogOnePlus(T x)
        {
            T sum = T.One + x;
            return sum == T.One ? x : T.Log(sum) * (x / (sum - T.One));
        }
    }
}
