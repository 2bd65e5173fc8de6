using System.Numerics;

namespace KanSharp.Data;

/// <summary>What every data set promises, checked once when it is made.</summary>
internal static class DatasetChecks
{
    public static void Lengths<T>(
        T[] features, int inputs, T[] targets, int outputs, int[]? classes,
        IReadOnlyList<string> labels, IReadOnlyList<string> featureNames, IReadOnlyList<string> targetNames)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        int samples = features.Length / inputs;
        if (samples * inputs != features.Length)
            throw new ArgumentException($"{features.Length} feature values do not fill rows of {inputs}", nameof(features));
        if (featureNames.Count != inputs)
            throw new ArgumentException($"{featureNames.Count} names for {inputs} features", nameof(featureNames));
        if (classes is null)
        {
            if (targets.Length != (long)samples * outputs)
                throw new ArgumentException(
                    $"{targets.Length} target values; {samples} samples of {outputs} targets need {(long)samples * outputs}",
                    nameof(targets));
            if (targetNames.Count != outputs)
                throw new ArgumentException($"{targetNames.Count} names for {outputs} targets", nameof(targetNames));
            return;
        }

        if (classes.Length != samples)
            throw new ArgumentException($"{classes.Length} classes for {samples} samples", nameof(classes));
        if (labels.Count < 2)
            throw new ArgumentException($"{labels.Count} class labels; classification needs at least 2", nameof(labels));
        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)labels.Count)
                throw new ArgumentException($"sample {i} has class {classes[i]}; allowed: 0 to {labels.Count - 1}", nameof(classes));
        }
    }

    public static void Finite<T>(ReadOnlySpan<T> values, IReadOnlyList<string> names, string kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
                throw new ArgumentException(
                    $"sample {i / names.Count}, {kind} '{names[i % names.Count]}' is {values[i]}; every value must be finite");
        }
    }
}
