using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Data.Images;

namespace KanSharp.Training;

/// <summary>
/// Samples to train on: inputs with any number of axes, in memory or from a <see cref="SampleSource{T}"/>, and for each sample either target values or a
/// class index. The arrays are shared, not copied: do not change them during training.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[]? _labels;
    private readonly T[]? _weights;

    /// <summary>Samples with target values.</summary>
    /// <param name="inputs">[N, ...], N ≥ 1.</param>
    /// <param name="targets">[N, ...]; one sample has the shape of one output of the module.</param>
    /// <param name="weights">One non-negative weight per sample; none by default.</param>
    /// <exception cref="ArgumentException">The counts differ, or there is no sample.</exception>
    public TrainingData(Tensor<T> inputs, Tensor<T> targets, T[]? weights = null)
        : this(inputs, weights)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireCount(targets.Shape.Rank == 0 ? 0 : targets.Shape[0], "targets");
        Targets = targets;
    }

    /// <summary>Samples with class indices.</summary>
    /// <param name="inputs">[N, ...], N ≥ 1.</param>
    /// <param name="labels">One class index per sample, from 0.</param>
    /// <param name="weights">One non-negative weight per sample; none by default.</param>
    /// <exception cref="ArgumentException">The counts differ, or there is no sample.</exception>
    public TrainingData(Tensor<T> inputs, int[] labels, T[]? weights = null)
        : this(inputs, weights)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireCount(labels.Length, "labels");
        _labels = labels;
    }

    /// <summary>Samples from a source, with class indices. They are read ahead of the steps, changed at random where the source does so.</summary>
    /// <param name="source">The inputs; at least one sample.</param>
    /// <param name="labels">One class index per sample, from 0.</param>
    /// <param name="weights">One non-negative weight per sample; none by default.</param>
    /// <exception cref="ArgumentException">The counts differ, or there is no sample.</exception>
    public TrainingData(SampleSource<T> source, int[] labels, T[]? weights = null)
        : this(source, weights)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireCount(labels.Length, "labels");
        _labels = labels;
    }

    /// <summary>Samples from a source, with target values. They are read ahead of the steps, changed at random where the source does so.</summary>
    /// <param name="source">The inputs; at least one sample.</param>
    /// <param name="targets">[N, ...]; one sample has the shape of one output of the module.</param>
    /// <param name="weights">One non-negative weight per sample; none by default.</param>
    /// <exception cref="ArgumentException">The counts differ, or there is no sample.</exception>
    public TrainingData(SampleSource<T> source, Tensor<T> targets, T[]? weights = null)
        : this(source, weights)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireCount(targets.Shape.Rank == 0 ? 0 : targets.Shape[0], "targets");
        Targets = targets;
    }

    private TrainingData(Tensor<T> inputs, T[]? weights)
        : this(Source(inputs), weights)
    {
    }

    private TrainingData(SampleSource<T> source, T[]? weights)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Count < 1)
            throw new ArgumentException("The source has no samples; at least one is needed.", nameof(source));
        Samples = source;
        Count = source.Count;
        if (weights is not null)
            RequireCount(weights.Length, "weights");
        _weights = weights;
    }

    /// <summary>Number of samples N.</summary>
    public int Count { get; }

    /// <summary>The inputs [N, ...] in memory.</summary>
    /// <exception cref="ArgumentException">The samples come from a source and are not all in memory.</exception>
    public Tensor<T> Inputs => (Samples as TensorSource<T>)?.Values ?? throw new ArgumentException(
        $"The samples come from a source ({Samples.Description}) and are not in memory as a whole, which this needs. Optimisers of the Adam and SGD kind read samples "
        + "batch by batch; for everything else make a tensor of the samples (or of some of them) and training data of that.");

    /// <summary>Where the inputs come from, in memory or not.</summary>
    public SampleSource<T> Samples { get; }

    /// <summary>The target values [N, ...]; null if the samples have class indices.</summary>
    public Tensor<T>? Targets { get; }

    /// <summary>The class indices; empty if the samples have target values.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The weights of the samples; empty if there are none.</summary>
    public ReadOnlySpan<T> Weights => _weights;

    /// <summary>Whether the samples have class indices.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>Samples that training does not see and the best parameters are chosen by; null (default) for none.</summary>
    public TrainingData<T>? Validation { get; init; }

    /// <summary>The samples of data sets; storage is shared, nothing is copied.</summary>
    /// <param name="train">Samples to train on.</param>
    /// <param name="validation">Samples to choose the best parameters by; none by default.</param>
    public static TrainingData<T> From(Dataset<T> train, Dataset<T>? validation = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        var inputs = new Tensor<T>(new Shape(train.Count, train.Inputs), train.FeatureArray);
        TrainingData<T>? held = validation is null ? null : From(validation);
        return train.Task == TaskKind.Classification
            ? new TrainingData<T>(inputs, train.ClassArray) { Validation = held }
            : new TrainingData<T>(inputs, new Tensor<T>(new Shape(train.Count, train.Outputs), train.TargetArray)) { Validation = held };
    }

    /// <summary>The training and validation parts of a split; storage is shared, nothing is copied.</summary>
    public static TrainingData<T> From(DataSplit<T> split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return From(split.Train, split.Validation);
    }

    /// <summary>Images, with those to choose the best parameters by. These are never augmented.</summary>
    /// <param name="train">Images to train on.</param>
    /// <param name="validation">Images to choose the best parameters by, of the same shape; none by default.</param>
    public static TrainingData<T> From(ImageSource<T> train, ImageSource<T>? validation = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        return new TrainingData<T>(train, train.Images.LabelArray) { Validation = validation is null ? null : From(validation) };
    }

    /// <summary>Wraps a data set, without validation samples. Shares its arrays, as <see cref="From(Dataset{T}, Dataset{T})"/> does.</summary>
    public static implicit operator TrainingData<T>(Dataset<T> data) => From(data);

    /// <summary>Wraps a split. Shares its arrays, as <see cref="From(DataSplit{T})"/> does.</summary>
    public static implicit operator TrainingData<T>(DataSplit<T> split) => From(split);

    private static TensorSource<T> Source(Tensor<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Shape.Rank == 0 || inputs.Shape[0] == 0)
            throw new ArgumentException($"Inputs have shape {inputs.Shape}; they need at least one sample, [N, ...].", nameof(inputs));
        return new TensorSource<T>(inputs);
    }

    private void RequireCount(int count, string what)
    {
        if (count != Count)
            throw new ArgumentException($"There are {Count} inputs ({Samples.Description}) and {count} {what}; one per sample is needed.");
    }
}
