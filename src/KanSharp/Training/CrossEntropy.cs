using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>
/// Mean cross-entropy of softmax(logits) against class indices. With label smoothing ε the target distribution is 1 − ε + ε/K on the label
/// and ε/K elsewhere (K classes), as in PyTorch. The log-softmax subtracts the row's maximum, so no logit overflows.
/// </summary>
public sealed record CrossEntropy : Loss
{
    private readonly double _labelSmoothing;

    /// <inheritdoc/>
    public override string Name => "cross-entropy";

    /// <inheritdoc/>
    public override bool AcceptsLabels => true;

    /// <inheritdoc/>
    public override bool AcceptsValues => false;

    /// <summary>Share ε of the target distribution that is spread evenly over all classes, 0 ≤ ε &lt; 1 (default 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1).</exception>
    public double LabelSmoothing
    {
        get => _labelSmoothing;
        init => _labelSmoothing = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LabelSmoothing), value, "LabelSmoothing is at least 0 and below 1.");
    }

    /// <inheritdoc/>
    public override Var<T> Of<T>(Var<T> output, ReadOnlySpan<int> labels, ReadOnlySpan<T> weights = default)
    {
        int rows = output.Shape.Rows;
        LossRows.RequireLabels(Name, output, rows, labels.Length);
        int classes = output.Shape.Last;
        double scale = 1 / LossRows.TotalWeight(Name, weights, rows);
        LossNode<T> node = LossNode<T>.Record(output);
        ReadOnlySpan<T> logits = output.Values;
        Span<T> slopes = node.Slope;
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            int label = labels[row];
            if ((uint)label >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"Loss '{Name}': the label of sample {row} is {label}; the output has {classes} classes: 0..{classes - 1}.");
            double weight = weights.IsEmpty ? 1 : double.CreateTruncating(weights[row]);
            Span<T> slope = slopes.IsEmpty ? slopes : slopes.Slice(row * classes, classes);
            total += weight * Row(logits.Slice(row * classes, classes), label, slope, T.CreateTruncating(weight * scale));
        }

        return node.Complete(total * scale);
    }

    private double Row<T>(ReadOnlySpan<T> logits, int label, Span<T> slope, T slopeScale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T peak = logits[0];
        foreach (T logit in logits[1..])
            peak = T.Max(peak, logit);
        T sum = T.Zero;
        T shifts = T.Zero;
        for (int index = 0; index < logits.Length; index++)
        {
            T shifted = logits[index] - peak;
            T power = T.Exp(shifted);
            shifts += shifted;
            sum += power;
            if (!slope.IsEmpty)
                slope[index] = power;
        }

        T logSum = T.Log(sum);
        T spread = T.CreateTruncating(LabelSmoothing / logits.Length);
        T keep = T.CreateTruncating(1 - LabelSmoothing);
        if (!slope.IsEmpty)
        {
            T normalize = T.One / sum;
            for (int index = 0; index < slope.Length; index++)
                slope[index] = (slope[index] * normalize - spread) * slopeScale;
            slope[label] -= keep * slopeScale;
        }

        T value = keep * (logSum - (logits[label] - peak));
        if (LabelSmoothing > 0)
            value += spread * (T.CreateTruncating(logits.Length) * logSum - shifts);
        return double.CreateTruncating(value);
    }
}
