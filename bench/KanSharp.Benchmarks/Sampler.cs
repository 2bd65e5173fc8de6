using System.Diagnostics;

namespace KanSharp.Benchmarks;

/// <summary>
/// Times actions: a warm-up of at least 200 ms each, then samples of so many calls that each takes at least 2 ms, so that the clock's
/// resolution does not matter. Several actions are sampled in turn, one sample of each and then again, so that a machine that gets
/// faster or slower meanwhile does so for all of them and their ratios stay fair; a call that does not count goes before each sample and
/// brings the action's data back into the caches (a long call needs none).
/// </summary>
internal static class Sampler
{
    private const double WarmUpSeconds = 0.2;
    private const double SampleSeconds = 2e-3;
    private const double LongCall = 50e3;

    public static Timing Measure(Action action, int samples, double secondsAtMost = 10) =>
        Alternate([new Probe(action)], samples, secondsAtMost)[0];

    /// <summary>Times all probes in turn.</summary>
    /// <param name="probes">What to time.</param>
    /// <param name="samples">Samples of each probe.</param>
    /// <param name="secondsAtMost">Stops early after this time for each probe, but not before three samples.</param>
    /// <returns>One timing for each probe, in their order.</returns>
    public static Timing[] Alternate(IReadOnlyList<Probe> probes, int samples, double secondsAtMost = 10)
    {
        int[] calls = [.. probes.Select(WarmUp)];
        List<double>[] times = [.. probes.Select(_ => new List<double>(samples))];
        long begin = Stopwatch.GetTimestamp();
        for (int sample = 0; sample < samples; sample++)
        {
            if (sample >= 3 && Stopwatch.GetElapsedTime(begin).TotalSeconds > secondsAtMost * probes.Count)
                break;
            for (int index = 0; index < probes.Count; index++)
            {
                if (probes.Count > 1 && (sample == 0 || times[index][^1] < LongCall))
                    Microseconds(probes[index], 1);
                times[index].Add(Microseconds(probes[index], calls[index]) / calls[index]);
            }
        }

        return [.. times.Select((values, index) => Summary(values, calls[index]))];
    }

    /// <summary>Calls a probe until it is warm; returns how many calls make a sample.</summary>
    private static int WarmUp(Probe probe)
    {
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        double best = double.PositiveInfinity;
        do
        {
            best = Math.Min(best, Microseconds(probe, 1));
            count++;
        }
        while (count < 2 || Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds);

        return Math.Max(1, (int)Math.Ceiling(SampleSeconds * 1e6 / Math.Max(best, 1e-2)));
    }

    private static double Microseconds(Probe probe, int calls)
    {
        if (probe.Prepare is null)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
                probe.Run();
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        long ticks = 0;
        for (int call = 0; call < calls; call++)
        {
            probe.Prepare();
            long start = Stopwatch.GetTimestamp();
            probe.Run();
            ticks += Stopwatch.GetTimestamp() - start;
        }

        return ticks * (1e6 / Stopwatch.Frequency);
    }

    private static Timing Summary(List<double> times, int calls)
    {
        times.Sort();
        int middle = times.Count / 2;
        double median = times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
        return new Timing(median, times[0], times[^1], times.Count, calls);
    }
}
