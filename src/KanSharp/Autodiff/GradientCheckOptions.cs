using KanSharp.Numerics;

namespace KanSharp.Autodiff;

/// <summary>How <see cref="GradientCheck"/> compares.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>
    /// Allowed difference relative to the largest gradient of the same array, beyond what rounding explains. 0 (default) takes 1e-6 for
    /// <see cref="double"/> and 3e-3 for <see cref="float"/>.
    /// </summary>
    public double Tolerance { get; init; }

    /// <summary>
    /// First step of the differences, relative to max(1, |x|); larger and smaller ones are tried where it does not agree. 0 (default) takes
    /// the cube root of the precision.
    /// </summary>
    public double Step { get; init; }

    /// <summary>Whether the function runs as in training (default false).</summary>
    public bool Training { get; init; }

    /// <summary>Seed of the tape, set before each evaluation, so that dropout drops the same elements (default 0).</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads and SIMD width; the process-wide one by default.</summary>
    public Executor? Executor { get; init; }
}
