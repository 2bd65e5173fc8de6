using System.Diagnostics;

namespace KanSharp.Benchmarks;

/// <summary>Microseconds per call over several samples.</summary>
internal sealed record Timing(double Median, double Minimum, double Maximum, int Samples, int CallsPerSample);

/// <summary>
/// Times an action: a warm-up of at least 200 ms, then samples of so many calls that each takes at least 2 ms, so that the clock's
/// resolution does not matter.
/// </summary>
internal static class Sampler
{
    private const double WarmUpSeconds = 0.2;
    private const double SampleSeconds = 2e-3;

    public static Timing Measure(Action action, int samples, double secondsAtMost = 10)
    {
        long start = Stopwatch.GetTimestamp();
        int warmCalls = 0;
        do
        {
            action();
            warmCalls++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds);

        double perCall = Stopwatch.GetElapsedTime(start).TotalSeconds / warmCalls;
        int calls = Math.Max(1, (int)Math.Ceiling(SampleSeconds / perCall));
        var times = new List<double>(samples);
        long begin = Stopwatch.GetTimestamp();
        while (times.Count < samples && (times.Count < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < secondsAtMost))
        {
            long sample = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
                action();
            times.Add(Stopwatch.GetElapsedTime(sample).TotalMicroseconds / calls);
        }

        return Summary(times, calls);
    }

    /// <summary>Times one action that needs another before each call; the other is not counted.</summary>
    public static Timing Measure(Action prepare, Action action, int samples, double secondsAtMost = 10)
    {
        var times = new List<double>(samples);
        long begin = Stopwatch.GetTimestamp();
        while (times.Count < samples && (times.Count < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < secondsAtMost))
        {
            prepare();
            long sample = Stopwatch.GetTimestamp();
            action();
            double microseconds = Stopwatch.GetElapsedTime(sample).TotalMicroseconds;
            if (Stopwatch.GetElapsedTime(begin).TotalSeconds > WarmUpSeconds)
                times.Add(microseconds);
        }

        return Summary(times, 1);
    }

    private static Timing Summary(List<double> times, int calls)
    {
        times.Sort();
        int middle = times.Count / 2;
        double median = times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
        return new Timing(median, times[0], times[^1], times.Count, calls);
    }
}
