using System.Globalization;
using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Whether data and options go together.</summary>
internal static class FitChecks
{
    /// <summary>The loss that was asked for, or the usual one; refused if it can not use the kind of targets.</summary>
    public static Loss LossFor<T>(TrainingData<T> data, FitOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Loss loss = options.Loss ?? (data.HasLabels ? new CrossEntropy() : new MeanSquaredError());
        if (data.HasLabels ? !loss.AcceptsLabels : !loss.AcceptsValues)
            throw new ArgumentException($"Loss '{loss.Name}' does not take {(data.HasLabels ? "class indices" : "target values")}, which is what the training data have.", nameof(options));
        if (data.Validation is { } held)
        {
            if (held.HasLabels != data.HasLabels)
                throw new ArgumentException("Training and validation data must both have class indices or both have target values.", nameof(data));
            if (!SameSample(held.Inputs.Shape, data.Inputs.Shape))
                throw new ArgumentException($"Validation inputs have shape {held.Inputs.Shape}, training inputs {data.Inputs.Shape}; all axes but the first must be equal.", nameof(data));
        }

        return loss;
    }

    /// <summary>What must be the same when a run is resumed.</summary>
    public static IReadOnlyDictionary<string, string> Settings<T>(TrainingData<T> data, FitOptions options, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Dictionary<string, string>
        {
            ["samples"] = data.Count.ToString(CultureInfo.InvariantCulture),
            ["batch_size"] = options.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["accumulate_batches"] = options.AccumulateBatches.ToString(CultureInfo.InvariantCulture),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["shuffle"] = options.Shuffle ? "true" : "false",
            ["averaged"] = options.AverageDecay > 0 ? "true" : "false",
            ["optimizer"] = options.Optimizer.Name,
            ["loss"] = loss.Name,
        };

    /// <summary>Options without effect.</summary>
    public static IEnumerable<string> Warnings<T>(Module<T> module, FitOptions options, Optimizer<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (options.Lambda > 0 && !module.Modules().OfType<KanLinear<T>>().Any())
            yield return "Lambda has no effect: the module has no KAN layer.";
        if (optimizer is not LbfgsOptimizer<T>)
            yield break;
        if (options.AccumulateBatches > 1)
            yield return "L-BFGS takes all samples in every step; AccumulateBatches has no effect.";
        if (!double.IsPositiveInfinity(options.ClipNorm) || !double.IsPositiveInfinity(options.ClipValue))
            yield return "L-BFGS chooses its steps by line search; gradient clipping has no effect.";
    }

    private static bool SameSample(Autodiff.Shape left, Autodiff.Shape right) =>
        left.ToArray().AsSpan(1).SequenceEqual(right.ToArray().AsSpan(1));
}
