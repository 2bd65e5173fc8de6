using System.Diagnostics;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Trains a network so that few edges do the work: L1 and entropy penalties that grow from a fit without them.</summary>
public static class Sparsifier
{
    private const int PenaltySamples = 2048;

    /// <summary>Trains a copy of a network.</summary>
    /// <param name="network">The network, fresh or trained; unchanged.</param>
    /// <param name="data">
    /// Training samples. Validation samples choose the best parameters of phases without penalty only: by them the least sparse parameters of the others would be best.
    /// </param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="progress">Receives the reports of every phase.</param>
    /// <param name="cancellation">Stops; the result is then the best so far, no exception.</param>
    /// <exception cref="ArgumentException">Data, options and network do not fit together.</exception>
    public static SparsificationResult<T> Fit<T>(
        KanNetwork<T> network,
        TrainingData<T> data,
        SparsificationOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new SparsificationOptions();
        if (options.Fit.GridSchedule is not null || options.Fit.Penalty is not null)
            throw new ArgumentException("Fit has a GridSchedule or a penalty; sparsification keeps the grids, and its penalty is SparsificationOptions.Penalty.", nameof(options));
        KanNetwork<T> trained = network.Clone();
        var phases = new List<SparsificationPhase<T>>();
        var watch = Stopwatch.StartNew();
        double lambda = 0;
        if (options.WarmUpEpochs == 0 || Run("warm-up", 0, options.WarmUpEpochs))
        {
            bool goes = true;
            for (int step = 1; step <= options.RampSteps && goes; step++)
            {
                // what became small makes the penalty cheaper, and its weight larger
                lambda = Math.Max(lambda, options.Lambda ?? Weight(trained, data, options));
                goes = Run("ramp", step == options.RampSteps ? lambda : lambda * step / options.RampSteps, options.RampEpochs);
            }

            if (goes && options.FinalEpochs > 0)
                Run("final", 0, options.FinalEpochs);
        }

        return new SparsificationResult<T> { Network = trained, Lambda = lambda, Phases = phases };

        bool Run(string name, double weight, int epochs)
        {
            TimeSpan? left = options.Fit.TimeLimit is { } limit ? (limit > watch.Elapsed ? limit - watch.Elapsed : TimeSpan.Zero) : null;
            FitOptions how = options.Fit with
            {
                Epochs = epochs,
                TimeLimit = left,
                Regularization = weight > 0 ? options.Penalty with { Lambda = weight } : null,
            };
            FitResult<T> fit = Trainer.Fit(trained, weight > 0 ? Samples.WithoutValidation(data) : data, how, progress, null, cancellation);
            phases.Add(new SparsificationPhase<T>(name, weight, fit));
            return fit.Reason is not (StopReason.Cancelled or StopReason.TimeLimit or StopReason.Diverged);
        }
    }

    /// <summary>The weight at which the penalty of a network is worth a share of the loss of the best constant prediction.</summary>
    internal static double Weight<T>(KanNetwork<T> network, TrainingData<T> data, SparsificationOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var regularizer = new Regularizer<T>(options.Penalty with { Lambda = 1 });
        var tape = new Tape<T> { RecordsGradients = false, Observer = regularizer };
        double penalty = double.CreateTruncating(regularizer.Penalty(network.Forward(tape.Constant(Samples.Thin(data.Inputs, PenaltySamples)))).Item);
        double loss = ConstantLoss(data);
        return penalty > 0 && loss > 0 && double.IsFinite(penalty) ? options.Strength * loss / penalty : 0;
    }

    /// <summary>Loss of the best constant prediction: variance of the targets, entropy of the classes.</summary>
    private static double ConstantLoss<T>(TrainingData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.HasLabels)
        {
            return data.Labels.ToArray().GroupBy(label => label)
                .Select(group => (double)group.Count() / data.Count).Sum(share => -share * Math.Log(share));
        }

        int outputs = data.Targets!.Shape.Count / data.Count;
        var moments = new Moments(outputs);
        moments.Add(data.Count, Array.ConvertAll(data.Targets.Span.ToArray(), double.CreateTruncating));
        return moments.Deviations().Average(deviation => deviation * deviation);
    }
}
