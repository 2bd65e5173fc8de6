using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Steps of first-order optimisers: one or several passes over batches, clipping, update.</summary>
internal sealed class BatchStepper<T>(Module<T> module, Objective<T> objective, FirstOrderOptimizer<T> optimizer, StepPlan plan, FitOptions options)
    : IStepper
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Keeps these random numbers apart from those that SplitRandom draws under the same seed
    private const ulong Passes = 16;

    public double Loss => objective.Loss;

    public double Penalty => objective.Penalty;

    public double Weight { get; private set; }

    public bool Converged => false;

    public double LossWithinStep => double.PositiveInfinity;

    public long Samples { get; private set; }

    public string? Take(ReadOnlySpan<int> rows, long step, double rateFactor)
    {
        Samples = rows.Length;
        objective.Begin();
        double total = Weight = objective.Reader.TotalWeight(rows);
        if (total == 0)
            return null;
        optimizer.ClearGradients();
        for (int start = 0; start < rows.Length; start += plan.Batch)
        {
            ReadOnlySpan<int> batch = rows.Slice(start, Math.Min(plan.Batch, rows.Length - start));
            double weight = objective.Reader.TotalWeight(batch);
            if (weight == 0)
                continue;
            objective.Add(batch, weight / total, Key(options.Seed, step, start), commit: true);
            if (!objective.IsFinite)
                return NonFiniteSearch.Describe(module, objective.Reader, batch, objective.Output);
        }

        string? path = optimizer.Step(rateFactor, options.ClipNorm, options.ClipValue);
        return path is null ? null : $"the gradient of parameter '{path}' is not finite although the loss is";
    }

    /// <summary>Key of the random numbers of one pass.</summary>
    internal static ulong Key(ulong seed, long step, int start) => Philox.Block(seed, 0, (ulong)step, (ulong)start, 0, Passes).R0;
}
