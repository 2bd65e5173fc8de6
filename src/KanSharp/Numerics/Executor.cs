namespace KanSharp.Numerics;

/// <summary>
/// Where kernels run: the number of threads and the SIMD width. Work is cut into pieces that depend on the problem alone and every
/// piece writes its own part of the result, so the bits of a result do not depend on <see cref="Threads"/>.
/// </summary>
public sealed class Executor : IDisposable
{
    private static readonly Lazy<Executor> Shared = new(() => new Executor());

    /// <summary>Creates an executor.</summary>
    /// <param name="threads">Threads that share the work, the caller included; 0 (default) takes one per processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative or above 1024.</exception>
    public Executor(int threads = 0)
        : this(threads, SimdWidths.Best)
    {
    }

    internal Executor(int threads, SimdWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1024);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        Width = width;
    }

    /// <summary>The process-wide executor: one thread per processor, the widest SIMD registers.</summary>
    public static Executor Default => Shared.Value;

    /// <summary>Threads that share the work, the calling one included.</summary>
    public int Threads { get; }

    /// <summary>Register width of the kernels; tests set it to compare the widths.</summary>
    internal SimdWidth Width { get; }

    /// <summary>Runs pieces 0..<paramref name="pieces"/>−1 of <paramref name="work"/> and returns when all are done.</summary>
    internal void Run(ParallelWork work, int pieces)
    {
        for (int piece = 0; piece < pieces; piece++)
            work.Execute(piece);
    }

    /// <summary>Ends the worker threads. The executor can not be used afterwards.</summary>
    public void Dispose()
    {
    }
}
