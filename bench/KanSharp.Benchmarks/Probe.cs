namespace KanSharp.Benchmarks;

/// <summary>One action to time. What <paramref name="Prepare"/> does before each call is not counted.</summary>
internal sealed record Probe(Action Run, Action? Prepare = null);
