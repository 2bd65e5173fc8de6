using System.Globalization;
using System.Numerics;
using KanSharp.Data;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Whether data and options go together.</summary>
internal static class FitChecks
{
    /// <summary>Text of the setting without a grid schedule.</summary>
    public const string NoGridSchedule = "none";

    /// <summary>The loss that was asked for, or the usual one; refused if it can not use the kind of targets.</summary>
    public static Loss LossFor<T>(TrainingData<T> data, FitOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Loss loss = options.Loss ?? (data.HasLabels ? new CrossEntropy() : new MeanSquaredError());
        if (data.HasLabels ? !loss.AcceptsLabels : !loss.AcceptsValues)
            throw new ArgumentException($"Loss '{loss.Name}' does not take {(data.HasLabels ? "class indices" : "target values")}, which is what the training data have.", nameof(options));
        if (options.Optimizer is LevenbergMarquardt && loss is not MeanSquaredError)
            throw new ArgumentException($"Levenberg-Marquardt minimises the mean squared error, not '{loss.Name}'; use lbfgs or ssbroyden for other losses.", nameof(options));
        if (data.Validation is { } held)
        {
            if (held.HasLabels != data.HasLabels)
                throw new ArgumentException("Training and validation data must both have class indices or both have target values.", nameof(data));
            if (held.Samples.SampleShape != data.Samples.SampleShape)
                throw new ArgumentException($"Validation samples have shape {held.Samples.SampleShape}, training samples {data.Samples.SampleShape}; they must be equal.", nameof(data));
        }

        if (options.Lambda > 0 && options.Regularization is not null)
            throw new ArgumentException($"Lambda is {options.Lambda} and Regularization is set, too: they are two forms of the same. Use Regularization alone; Lambda means its metric Weights.", nameof(options));
        RequireWeights(data, "training");
        if (data.Validation is not null)
            RequireWeights(data.Validation, "validation");
        return loss;
    }

    /// <summary>What must be the same when a run is resumed: everything that the numbers of the run depend on, as text.</summary>
    public static IReadOnlyDictionary<string, string> Settings<T>(TrainingData<T> data, FitOptions options, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // records write their numbers in the culture of the thread
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var first = options.Optimizer as FirstOrderOptions;
            var settings = new Dictionary<string, string>
            {
                ["grid_schedule"] = options.GridSchedule?.ToString() ?? NoGridSchedule,
                ["samples"] = $"{data.Count}",
                ["validation_samples"] = $"{data.Validation?.Count ?? 0}",
                ["batch_size"] = $"{options.BatchSize}",
                ["accumulate_batches"] = $"{options.AccumulateBatches}",
                ["evaluation_batch"] = $"{options.EvaluationBatch}",
                ["seed"] = $"{options.Seed}",
                ["shuffle"] = options.Shuffle ? "true" : "false",
                ["average_decay"] = $"{options.AverageDecay}",
                ["clip_norm"] = $"{options.ClipNorm}",
                ["clip_value"] = $"{options.ClipValue}",
                ["lambda"] = $"{options.Lambda} ({options.LambdaL1}, {options.LambdaEntropy})",
                ["regularization"] = options.Regularization?.ToString() ?? "none",
                ["grid_updates"] = options.GridUpdates?.ToString() ?? "none",
                ["schedule"] = options.Schedule.ToString(),
                ["optimizer"] = (first is null ? options.Optimizer : first with { Groups = [] }).ToString(),
                ["optimizer_groups"] = first is null || first.Groups.Count == 0 ? "none" : string.Join(", ", first.Groups),
                ["loss"] = loss.ToString(),
            };

            // samples in memory have no entry: checkpoints older than sources can still be resumed
            if (data.Samples is not TensorSource<T>)
                settings["inputs"] = data.Samples.Description;
            return settings;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Refuses samples that change from epoch to epoch where the optimiser compares losses of several.</summary>
    public static void RequireSteadySamples<T>(TrainingData<T> data, FitOptions options, Optimizer<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (optimizer.TakesAllData && data.Samples.ChangesWithEpoch)
            throw new ArgumentException($"Optimiser '{options.Optimizer.Name}' needs samples that stay the same; these change from epoch to epoch ({data.Samples.Description}). Train without augmentation, or with an optimiser of batches such as AdamW.", nameof(data));
    }

    /// <summary>Options without effect.</summary>
    public static IEnumerable<string> Warnings<T>(Module<T> module, FitOptions options, Optimizer<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string penalty = options.Lambda > 0 ? "Lambda" : "Regularization";
        if (options.Penalty is not null && !module.Modules().OfType<KanLinear<T>>().Any())
            yield return $"{penalty} has no effect: the module has no KAN layer.";
        if (optimizer is NewtonKaczmarzOptimizer<T>)
        {
            if (options.Penalty is not null)
                yield return $"Newton-Kaczmarz steps follow residuals alone; {penalty} has no effect.";
            if (!double.IsPositiveInfinity(options.ClipNorm) || !double.IsPositiveInfinity(options.ClipValue) || options.AccumulateBatches > 1)
                yield return "Newton-Kaczmarz has no gradient of a batch; clipping and AccumulateBatches have no effect.";
        }

        if (optimizer is LevenbergMarquardtOptimizer<T> { Options.VariableProjection: true } && options.Penalty is not null)
            yield return $"With {penalty} the best last layer is no least-squares solution; VariableProjection has no effect.";
        if (!optimizer.TakesAllData)
            yield break;
        if (options.AccumulateBatches > 1)
            yield return $"Optimiser '{options.Optimizer.Name}' takes all samples in every step; AccumulateBatches has no effect.";
        if (!double.IsPositiveInfinity(options.ClipNorm) || !double.IsPositiveInfinity(options.ClipValue))
            yield return $"Optimiser '{options.Optimizer.Name}' chooses its own steps; gradient clipping has no effect.";
    }

    private static void RequireWeights<T>(TrainingData<T> data, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int sample = 0; sample < data.Weights.Length; sample++)
        {
            T weight = data.Weights[sample];
            if (!T.IsFinite(weight) || weight < T.Zero)
                throw new ArgumentException($"The weight of {what} sample {sample} is {weight}; weights are finite and not negative.", nameof(data));
        }

        if (!data.Weights.IsEmpty && !data.Weights.ContainsAnyExcept(T.Zero))
            throw new ArgumentException($"All {data.Count} weights of the {what} samples are 0; at least one must be positive.", nameof(data));
    }
}
