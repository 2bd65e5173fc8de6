using System.Numerics;

namespace KanSharp.Training;

/// <summary>How well classes are predicted.</summary>
/// <param name="Accuracy">Share of the samples whose most probable class is the true one.</param>
/// <param name="MacroF1">Mean of the F1 values of all classes that occur, in truth or prediction (scikit-learn's convention).</param>
/// <param name="LogLoss">Mean of −ln of the true class's probability; probabilities are taken as at least 2⁻⁵².</param>
public sealed record ClassificationMetrics(double Accuracy, double MacroF1, double LogLoss)
{
    private const double LeastProbability = 1.0 / (1L << 52);

    /// <summary>Number of samples by true class (first index) and predicted class (second index).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Precision, recall and F1 of each class.</summary>
    public required IReadOnlyList<ClassMetrics> PerClass { get; init; }

    /// <summary>Compares class probabilities with the true classes.</summary>
    /// <param name="probabilities">Row-major [samples × classes]; the largest of a row is the predicted class, the first of equals.</param>
    /// <param name="classes">Number of classes, at least 2; or 1 if every row holds only the probability of the second of two classes.</param>
    /// <param name="labels">True class of each sample.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or there is no sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class.</exception>
    public static ClassificationMetrics Of<T>(ReadOnlySpan<T> probabilities, int classes, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (labels.Length == 0 || probabilities.Length != (long)labels.Length * classes)
            throw new ArgumentException($"There are {probabilities.Length} probabilities for {labels.Length} samples and {classes} classes; samples × classes are needed, at least one sample.", nameof(probabilities));
        int count = Math.Max(classes, 2);
        var confusion = new int[count][];
        for (int row = 0; row < count; row++)
            confusion[row] = new int[count];
        double logLoss = 0;
        for (int sample = 0; sample < labels.Length; sample++)
        {
            int label = labels[sample];
            if ((uint)label >= (uint)count)
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"The label of sample {sample} is {label}; there are {count} classes: 0..{count - 1}.");
            ReadOnlySpan<T> row = probabilities.Slice(sample * classes, classes);
            double probability = classes > 1
                ? double.CreateTruncating(row[label])
                : label == 1 ? double.CreateTruncating(row[0]) : 1 - double.CreateTruncating(row[0]);
            logLoss -= Math.Log(Math.Max(probability, LeastProbability));
            confusion[label][Predicted(row)]++;
        }

        ClassMetrics[] each = [.. Enumerable.Range(0, count).Select(index => ForClass(confusion, index))];
        double[] occurring = [.. Enumerable.Range(0, count)
            .Where(index => each[index].Samples > 0 || confusion.Any(row => row[index] > 0))
            .Select(index => each[index].F1)];
        double hits = Enumerable.Range(0, count).Sum(index => confusion[index][index]);
        return new ClassificationMetrics(hits / labels.Length, occurring.Average(), logLoss / labels.Length) { Confusion = confusion, PerClass = each };
    }

    private static int Predicted<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (row.Length == 1)
            return row[0] > T.CreateTruncating(0.5) ? 1 : 0;
        int best = 0;
        for (int index = 1; index < row.Length; index++)
        {
            if (row[index] > row[best])
                best = index;
        }

        return best;
    }

    private static ClassMetrics ForClass(int[][] confusion, int index)
    {
        int samples = confusion[index].Sum();
        int given = confusion.Sum(row => row[index]);
        double hits = confusion[index][index];
        return new ClassMetrics(given > 0 ? hits / given : 0, samples > 0 ? hits / samples : 0, samples);
    }
}
