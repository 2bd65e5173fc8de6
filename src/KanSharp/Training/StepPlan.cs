namespace KanSharp.Training;

/// <summary>How an epoch is cut into steps, and a step into passes.</summary>
internal sealed class StepPlan
{
    private readonly int _samples;

    public StepPlan(int samples, FitOptions options, bool fullBatch)
    {
        _samples = samples;
        if (options.Optimizer is NewtonKaczmarz rows)
        {
            Batch = SamplesPerStep = Math.Min(samples, rows.Round);
            StepsPerEpoch = (int)(((long)samples + SamplesPerStep - 1) / SamplesPerStep);
            Steps = (long)StepsPerEpoch * options.Epochs;
            return;
        }

        bool whole = fullBatch || options.BatchSize == 0 || options.BatchSize >= samples;
        Batch = whole ? Math.Min(samples, options.EvaluationBatch) : options.BatchSize;
        SamplesPerStep = whole ? samples : (int)Math.Min(samples, (long)options.BatchSize * options.AccumulateBatches);
        StepsPerEpoch = (int)(((long)samples + SamplesPerStep - 1) / SamplesPerStep);
        Steps = (long)StepsPerEpoch * options.Epochs;
    }

    /// <summary>Samples per pass.</summary>
    public int Batch { get; }

    /// <summary>Samples per step, but for the last one of an epoch.</summary>
    public int SamplesPerStep { get; }

    public int StepsPerEpoch { get; }

    public long Steps { get; }

    /// <summary>The samples of a step of the epoch.</summary>
    public ReadOnlySpan<int> Rows(ReadOnlySpan<int> order, int step)
    {
        int start = step * SamplesPerStep;
        return order.Slice(start, Math.Min(SamplesPerStep, _samples - start));
    }
}
