using System.Diagnostics;

namespace KanSharp.Numerics;

/// <summary>
/// The worker threads of an <see cref="Executor"/>. One job at a time: the caller and the workers claim its pieces from a counter.
/// Between jobs workers spin for a moment, since the next kernel usually follows at once, and then sleep.
/// </summary>
/// <remarks>
/// The counter holds a generation in its high half and the pieces not yet claimed in its low half. A claim is a compare-and-swap of
/// both, so a worker that was held up can not take a piece of a later job with what it read of an earlier one: while its generation
/// still has unclaimed pieces, <c>_work</c> and <c>_pieces</c> do not change.
/// </remarks>
internal sealed class WorkerPool
{
    /// <summary>How long a thread spins before it sleeps. Longer than the gap between two kernels, shorter than a time slice.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency / 25_000;

    private readonly Thread[] _threads;
    private readonly object _workSignal = new();
    private readonly object _doneSignal = new();
    private readonly object _failureLock = new();
    private FirstFailure _failure;
    private ParallelWork? _work;
    private int _pieces;
    private long _counter;
    private int _unfinished;
    private int _busy;
    private int _sleeping;
    private int _live;
    private volatile bool _stopping;

    public WorkerPool(int workers)
    {
        _threads = new Thread[workers];
        for (int i = 0; i < workers; i++)
        {
            _threads[i] = new Thread(WorkerLoop) { IsBackground = true, Name = $"KanSharp worker {i + 1}" };
            Interlocked.Increment(ref _live);
            _threads[i].Start();
        }
    }

    /// <summary>Worker threads that have not ended.</summary>
    public int LiveWorkers => Volatile.Read(ref _live);

    /// <summary>Runs all pieces and returns true; returns false at once if a job is running already.</summary>
    public bool TryRun(ParallelWork work, int pieces)
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            return false;
        _work = work;
        _pieces = pieces;
        _failure = default;
        Volatile.Write(ref _unfinished, pieces);
        long generation = ((_counter >> 32) + 1) << 32;
        Interlocked.Exchange(ref _counter, generation | (uint)pieces);
        WakeWorkers(pieces - 1);
        while (TryClaim(out ParallelWork? claimed, out int piece))
            Execute(claimed, piece);
        WaitUntilDone();
        FirstFailure failure = _failure;
        _failure = default;
        _work = null;
        Volatile.Write(ref _busy, 0);
        failure.Rethrow();
        return true;
    }

    /// <summary>Ends the threads after the pieces they are in. A caller inside <see cref="TryRun"/> finishes its job alone.</summary>
    public void Stop()
    {
        _stopping = true;
        lock (_workSignal)
            Monitor.PulseAll(_workSignal);
        foreach (Thread thread in _threads)
        {
            if (thread != Thread.CurrentThread)
                thread.Join();
        }
    }

    private bool TryClaim(out ParallelWork? work, out int piece)
    {
        while (true)
        {
            long counter = Volatile.Read(ref _counter);
            int unclaimed = (int)counter;
            work = Volatile.Read(ref _work);
            piece = Volatile.Read(ref _pieces) - unclaimed;
            if (unclaimed == 0)
                return false;
            if (Interlocked.CompareExchange(ref _counter, counter - 1, counter) == counter)
                return true;
        }
    }

    private void Execute(ParallelWork? work, int piece)
    {
        try
        {
            work!.Execute(piece);
        }
        catch (Exception exception)
        {
            lock (_failureLock)
                _failure.Record(piece, exception);
        }

        if (Interlocked.Decrement(ref _unfinished) == 0)
        {
            lock (_doneSignal)
                Monitor.Pulse(_doneSignal);
        }
    }

    private void WaitUntilDone()
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _unfinished) > 0)
        {
            if (Stopwatch.GetTimestamp() - start < SpinTicks)
            {
                Thread.SpinWait(8);
                continue;
            }

            lock (_doneSignal)
            {
                while (Volatile.Read(ref _unfinished) > 0)
                    Monitor.Wait(_doneSignal);
            }
        }
    }

    private void WakeWorkers(int wanted)
    {
        // The exchange that published the job and the increment in Sleep are full fences: either the sleeper is seen here or it sees
        // the job there.
        if (Volatile.Read(ref _sleeping) == 0)
            return;
        lock (_workSignal)
        {
            if (wanted >= _sleeping)
                Monitor.PulseAll(_workSignal);
            else
            {
                for (int i = 0; i < wanted; i++)
                    Monitor.Pulse(_workSignal);
            }
        }
    }

    private void WorkerLoop()
    {
        long idleSince = Stopwatch.GetTimestamp();
        while (!_stopping)
        {
            bool worked = false;
            while (TryClaim(out ParallelWork? work, out int piece))
            {
                Execute(work, piece);
                worked = true;
            }

            long now = Stopwatch.GetTimestamp();
            if (worked)
                idleSince = now;
            else if (now - idleSince < SpinTicks)
                Thread.SpinWait(8);
            else
            {
                Sleep();
                idleSince = Stopwatch.GetTimestamp();
            }
        }

        Interlocked.Decrement(ref _live);
    }

    private void Sleep()
    {
        lock (_workSignal)
        {
            Interlocked.Increment(ref _sleeping);
            while (!_stopping && (int)Volatile.Read(ref _counter) == 0)
                Monitor.Wait(_workSignal);
            Interlocked.Decrement(ref _sleeping);
        }
    }
}
