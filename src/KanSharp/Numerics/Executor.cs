namespace KanSharp.Numerics;

/// <summary>
/// Where kernels run: the number of threads and the SIMD width. Work is cut into pieces that depend on the problem alone and every
/// piece writes its own part of the result, so the bits of a result do not depend on <see cref="Threads"/>.
/// </summary>
/// <remarks>
/// Worker threads are started by the first work that needs them and stay until <see cref="Dispose"/>. An executor may be used from
/// several threads: while one of them has the workers, the others do their work alone.
/// </remarks>
public sealed class Executor : IDisposable
{
    private static readonly Lazy<Executor> Shared = new(() => new Executor(0, SimdWidths.Best, permanent: true));

    private readonly bool _permanent;
    private readonly Lock _creation = new();
    private WorkerPool? _pool;
    private bool _disposed;

    /// <summary>Creates an executor.</summary>
    /// <param name="threads">Threads that share the work, the caller included; 0 (default) takes one per processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative or above 1024.</exception>
    public Executor(int threads = 0)
        : this(threads, SimdWidths.Best)
    {
    }

    internal Executor(int threads, SimdWidth width)
        : this(threads, width, permanent: false)
    {
    }

    private Executor(int threads, SimdWidth width, bool permanent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1024);
        Threads = threads == 0 ? Math.Min(Environment.ProcessorCount, 1024) : threads;
        Width = width;
        _permanent = permanent;
    }

    /// <summary>The process-wide executor: one thread per processor, the widest SIMD registers. Disposing it has no effect.</summary>
    public static Executor Default => Shared.Value;

    /// <summary>Threads that share the work, the calling one included.</summary>
    public int Threads { get; }

    /// <summary>Register width of the kernels; tests set it to compare the widths.</summary>
    internal SimdWidth Width { get; }

    /// <summary>Worker threads that are running now.</summary>
    internal int LiveWorkers => Volatile.Read(ref _pool)?.LiveWorkers ?? 0;

    /// <summary>
    /// Runs pieces 0..<paramref name="pieces"/>−1 of <paramref name="work"/> and returns when all are done. Called from inside a piece,
    /// or while another thread has the workers, it runs every piece on the calling thread.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The executor was disposed.</exception>
    /// <remarks>Where pieces throw, the others still run; then the exception of the piece with the lowest number is rethrown.</remarks>
    internal void Run(ParallelWork work, int pieces)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        if (pieces == 1)
            work.Execute(0);
        else if (Threads == 1 || pieces <= 0 || !Pool().TryRun(work, pieces))
            RunHere(work, pieces);
    }

    /// <summary>Ends the worker threads. The executor can not be used afterwards.</summary>
    public void Dispose()
    {
        if (_permanent)
            return;
        WorkerPool? pool;
        lock (_creation)
        {
            Volatile.Write(ref _disposed, true);
            pool = _pool;
        }

        pool?.Stop();
    }

    private static void RunHere(ParallelWork work, int pieces)
    {
        var failure = new FirstFailure();
        for (int piece = 0; piece < pieces; piece++)
        {
            try
            {
                work.Execute(piece);
            }
            catch (Exception exception)
            {
                failure.Record(piece, exception);
            }
        }

        failure.Rethrow();
    }

    private WorkerPool Pool()
    {
        if (Volatile.Read(ref _pool) is { } pool)
            return pool;
        lock (_creation)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _pool ??= new WorkerPool(Threads - 1);
        }
    }
}
