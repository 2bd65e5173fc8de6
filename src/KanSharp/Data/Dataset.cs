using System.Numerics;

namespace KanSharp.Data;

/// <summary>Ways to make a <see cref="Dataset{T}"/>.</summary>
public static partial class Dataset
{
    /// <summary>Samples with numeric targets. The arrays are not copied: do not change them afterwards.</summary>
    /// <param name="features">Row-major [samples × inputs].</param>
    /// <param name="inputs">Features of a sample, at least 1.</param>
    /// <param name="targets">Row-major [samples × outputs].</param>
    /// <param name="outputs">Targets of a sample, at least 1.</param>
    /// <param name="featureNames">One for each feature; null makes x1, x2, ...</param>
    /// <param name="targetNames">One for each target; null makes y, or y1, y2, ...</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, or a value that is not finite (the message says where).</exception>
    public static Dataset<T> Regression<T>(
        T[] features, int inputs, T[] targets, int outputs = 1, IReadOnlyList<string>? featureNames = null, IReadOnlyList<string>? targetNames = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(features, inputs, targets, outputs, null, [], featureNames ?? Numbered("x", inputs), targetNames ?? (outputs == 1 ? ["y"] : Numbered("y", outputs)));

    /// <summary>Samples with classes. The arrays are not copied: do not change them afterwards.</summary>
    /// <param name="features">Row-major [samples × inputs].</param>
    /// <param name="inputs">Features of a sample, at least 1.</param>
    /// <param name="classes">Class of each sample, from 0.</param>
    /// <param name="labels">Label of each class; at least 2.</param>
    /// <param name="featureNames">One for each feature; null makes x1, x2, ...</param>
    /// <param name="targetName">Name of what is predicted; null makes "class".</param>
    /// <exception cref="ArgumentException">Lengths or classes that do not fit, or a value that is not finite (the message says where).</exception>
    public static Dataset<T> Classification<T>(
        T[] features, int inputs, int[] classes, IReadOnlyList<string> labels, IReadOnlyList<string>? featureNames = null, string? targetName = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(labels);
        return new(features, inputs, [], labels.Count, classes, labels, featureNames ?? Numbered("x", inputs), [targetName ?? "class"]);
    }

    /// <summary>Images and labels of the MNIST family: bytes scaled to 0..1, classes 0 to the largest label.</summary>
    /// <exception cref="DataFormatException">The counts of images and labels differ, or the labels are not a plain list.</exception>
    public static Dataset<T> FromIdx<T>(IdxFile images, IdxFile labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Shape.Length != 1 || labels.Count != images.Count || images.Count == 0)
            throw new DataFormatException(
                $"{images.Count} images and {labels.Count} labels of rank {labels.Shape.Length}; expected one label for each image");
        T scale = T.One / T.CreateChecked(byte.MaxValue);
        ReadOnlySpan<byte> pixels = images.Data.Span;
        var features = new T[pixels.Length];
        for (int i = 0; i < features.Length; i++)
            features[i] = T.CreateTruncating(pixels[i]) * scale;
        int[] classes = [.. labels.Data.ToArray().Select(label => (int)label)];
        string[] names = [.. Enumerable.Range(0, Math.Max(classes.Max(), 1) + 1).Select(label => TableColumn.LabelOf(label))];
        return Classification(features, images.ItemSize, classes, names, Numbered("pixel", images.ItemSize), "label");
    }

    private static string[] Numbered(string prefix, int count) =>
        [.. Enumerable.Range(1, Math.Max(count, 0)).Select(i => $"{prefix}{i}")];
}
