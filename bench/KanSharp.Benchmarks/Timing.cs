namespace KanSharp.Benchmarks;

/// <summary>Microseconds per call over several samples.</summary>
internal sealed record Timing(double Median, double Minimum, double Maximum, int Samples, int CallsPerSample);
