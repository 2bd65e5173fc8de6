namespace KanSharp.Plotting;

/// <summary>One step of the way in a <see cref="DiscoveryReport"/>.</summary>
/// <param name="Name">the step, as "fit [2, 5, 1]" or "prune"</param>
/// <param name="Detail">what it did; empty for nothing to say</param>
/// <param name="Error">the error after it; NaN where none was measured</param>
/// <param name="Seconds">how long it took; NaN where it was not measured</param>
public sealed record ReportStep(string Name, string Detail, double Error, double Seconds);
