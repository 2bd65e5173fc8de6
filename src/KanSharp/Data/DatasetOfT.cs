using System.Numerics;

namespace KanSharp.Data;

/// <summary>
/// Samples for training: features row-major [samples × inputs] with numeric targets [samples × outputs] or a class for each sample.
/// Immutable; made by <see cref="Dataset"/> or <see cref="TableEncoding"/>.
/// </summary>
public sealed class Dataset<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Dataset(
        T[] features, int inputs, T[] targets, int outputs, int[]? classes,
        IReadOnlyList<string> classLabels, IReadOnlyList<string> featureNames, IReadOnlyList<string> targetNames)
    {
        DatasetChecks.Lengths(features, inputs, targets, outputs, classes, classLabels, featureNames, targetNames);
        DatasetChecks.Finite<T>(features, featureNames, "feature");
        DatasetChecks.Finite<T>(targets, targetNames, "target");
        FeatureArray = features;
        TargetArray = targets;
        ClassArray = classes ?? [];
        Task = classes is null ? TaskKind.Regression : TaskKind.Classification;
        Count = features.Length / inputs;
        Inputs = inputs;
        Outputs = outputs;
        ClassLabels = classLabels;
        FeatureNames = featureNames;
        TargetNames = targetNames;
    }

    /// <summary>Regression or classification.</summary>
    public TaskKind Task { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Features of a sample.</summary>
    public int Inputs { get; }

    /// <summary>Outputs a model needs: targets of a sample, or number of classes.</summary>
    public int Outputs { get; }

    /// <summary>Row-major [samples × inputs].</summary>
    public ReadOnlySpan<T> Features => FeatureArray;

    /// <summary>Row-major [samples × outputs]; empty for classification.</summary>
    public ReadOnlySpan<T> Targets => TargetArray;

    /// <summary>Class of each sample, an index into <see cref="ClassLabels"/>; empty for regression.</summary>
    public ReadOnlySpan<int> Classes => ClassArray;

    /// <summary>Names of the features.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Names of the targets; one for classification.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>Labels of the classes; empty for regression.</summary>
    public IReadOnlyList<string> ClassLabels { get; }

    internal T[] FeatureArray { get; }

    internal T[] TargetArray { get; }

    internal int[] ClassArray { get; }

    /// <summary>The samples of the given indices, in that order; an index may repeat.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside 0..<see cref="Count"/>−1.</exception>
    public Dataset<T> Subset(ReadOnlySpan<int> indices)
    {
        var features = new T[checked(indices.Length * Inputs)];
        CopyRows<T>(FeatureArray, Inputs, indices, features);
        if (Task == TaskKind.Classification)
        {
            var classes = new int[indices.Length];
            CopyRows<int>(ClassArray, 1, indices, classes);
            return new Dataset<T>(features, Inputs, [], Outputs, classes, ClassLabels, FeatureNames, TargetNames);
        }

        var targets = new T[checked(indices.Length * Outputs)];
        CopyRows<T>(TargetArray, Outputs, indices, targets);
        return new Dataset<T>(features, Inputs, targets, Outputs, null, ClassLabels, FeatureNames, TargetNames);
    }

    /// <summary>The same samples with some of their features.</summary>
    /// <param name="names">Names of the features to keep, in the order wanted; at least one.</param>
    /// <exception cref="ArgumentException">No names, or one that no feature has.</exception>
    public Dataset<T> SelectFeatures(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
            throw new ArgumentException("No features are named; at least one is needed.", nameof(names));
        int[] columns = [.. names.Select(Column)];
        var features = new T[Count * columns.Length];
        for (int row = 0; row < Count; row++)
        {
            for (int index = 0; index < columns.Length; index++)
                features[row * columns.Length + index] = FeatureArray[row * Inputs + columns[index]];
        }

        return new Dataset<T>(features, columns.Length, TargetArray, Outputs, Task == TaskKind.Classification ? ClassArray : null, ClassLabels, [.. names], TargetNames);

        int Column(string name)
        {
            for (int index = 0; index < FeatureNames.Count; index++)
            {
                if (FeatureNames[index] == name)
                    return index;
            }

            throw new ArgumentException($"There is no feature '{name}'; there are: {string.Join(", ", FeatureNames)}.", nameof(names));
        }
    }

    /// <summary>
    /// Cuts the samples into training, validation and test parts at random; for classification every part has its share of each class.
    /// </summary>
    /// <param name="validation">Fraction for validation, 0 to below 1; default 0.2.</param>
    /// <param name="test">Fraction for the test, 0 to below 1; default 0.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is out of range, or nothing is left to train on.</exception>
    public DataSplit<T> Split(double validation = 0.2, double test = 0, ulong seed = 0)
    {
        (int[] train, int[] validationRows, int[] testRows) = SplitPlan.Create(Strata(), Count, validation, test, seed);
        return new DataSplit<T>(
            Subset(train),
            validationRows.Length > 0 ? Subset(validationRows) : null,
            testRows.Length > 0 ? Subset(testRows) : null);
    }

    /// <summary>Indices for cross-validation: every sample is in exactly one validation part; classes are spread evenly.</summary>
    /// <param name="count">Number of folds, 2 to <see cref="Count"/>.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of range.</exception>
    public IReadOnlyList<Fold> Folds(int count, ulong seed = 0) => SplitPlan.Folds(Strata(), Count, count, seed);

    /// <summary>Copies rows of <paramref name="width"/> values.</summary>
    internal static void CopyRows<TValue>(ReadOnlySpan<TValue> source, int width, ReadOnlySpan<int> indices, Span<TValue> destination)
    {
        int rows = source.Length / width;
        for (int i = 0; i < indices.Length; i++)
        {
            int row = indices[i];
            if ((uint)row >= (uint)rows)
                throw new ArgumentOutOfRangeException(nameof(indices), row, $"index {i} is {row}; allowed: 0 to {rows - 1}");
            source.Slice(row * width, width).CopyTo(destination.Slice(i * width, width));
        }
    }

    /// <summary>The samples of each class; all samples together for regression.</summary>
    private int[][] Strata() => Task == TaskKind.Regression
        ? [[.. Enumerable.Range(0, Count)]]
        : [.. Enumerable.Range(0, Count).GroupBy(i => ClassArray[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];
}
