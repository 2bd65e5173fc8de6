using System.Numerics;
using System.Runtime.ExceptionServices;

namespace KanSharp.Data;

/// <summary>
/// Reads the batches of an epoch ahead of their use, on a thread of its own, into a few buffers that are used again and again. What is read does
/// not depend on the timing. One thread may call the methods at a time.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SampleBatches<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SampleSource<T> _source;
    private readonly T[][] _slots;
    private readonly object _gate = new();
    private int[] _order = [];
    private int _samples;
    private int _epoch;
    private int _next;
    private int _filled;
    private int _released;
    private bool _stop;
    private ExceptionDispatchInfo? _failure;
    private Thread? _worker;

    /// <summary>Creates the reader; <see cref="Start"/> sets it to work.</summary>
    /// <param name="source">Where the samples come from.</param>
    /// <param name="batchSize">Samples of a batch, at least 1; the last batch of an epoch holds what is left.</param>
    /// <param name="ahead">Batches read ahead, at least 1 (default 2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public SampleBatches(SampleSource<T> source, int batchSize, int ahead = 2)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        _source = source;
        BatchSize = Math.Min(batchSize, source.Count);
        _slots = new T[ahead + 1][];
        for (int slot = 0; slot < _slots.Length; slot++)
            _slots[slot] = new T[checked(BatchSize * source.SampleShape.Count)];
    }

    /// <summary>Samples of every batch but the last.</summary>
    public int BatchSize { get; }

    /// <summary>Batches of what was started.</summary>
    public int Count => (int)(((long)_samples + BatchSize - 1) / BatchSize);

    /// <summary>Starts to read; what was started before is given up.</summary>
    /// <param name="order">The samples in the order wanted (copied).</param>
    /// <param name="epoch">The epoch from 0, or <see cref="SampleSource{T}.Plain"/>.</param>
    public void Start(ReadOnlySpan<int> order, int epoch)
    {
        Stop();
        if (_order.Length < order.Length)
            _order = new int[order.Length];
        order.CopyTo(_order);
        (_samples, _epoch, _next, _filled, _released, _failure, _stop) = (order.Length, epoch, 0, 0, 0, null, false);
        _worker = new Thread(Work) { IsBackground = true, Name = "KanSharp batches" };
        _worker.Start();
    }

    /// <summary>The next batch; false after the last one. Waits until it has been read.</summary>
    /// <param name="rows">The samples of the batch.</param>
    /// <param name="values">Their values, row-major; they stay until the next call.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>An exception of the source arises here, at the batch that could not be read.</remarks>
    public bool Next(out ReadOnlySpan<int> rows, out ReadOnlySpan<T> values, CancellationToken cancellation = default)
    {
        rows = default;
        values = default;
        cancellation.ThrowIfCancellationRequested();
        if (_next >= Count)
            return false;
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static state => ((SampleBatches<T>)state!).Wake(), this);
        lock (_gate)
        {
            _released = _next;
            Monitor.PulseAll(_gate);
            while (_filled <= _next && _failure is null && !cancellation.IsCancellationRequested)
                Monitor.Wait(_gate);
            if (_filled <= _next)
            {
                cancellation.ThrowIfCancellationRequested();
                _failure!.Throw();
            }
        }

        rows = Rows(_next);
        values = _slots[_next % _slots.Length].AsSpan(0, rows.Length * _source.SampleShape.Count);
        _next++;
        return true;
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose() => Stop();

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stop = true;
            Monitor.PulseAll(_gate);
        }

        _worker?.Join();
        _worker = null;
        _samples = 0;
    }

    private ReadOnlySpan<int> Rows(int batch)
    {
        int start = batch * BatchSize;
        return _order.AsSpan(start, Math.Min(BatchSize, _samples - start));
    }

    private void Work()
    {
        int count = Count;
        for (int batch = 0; batch < count; batch++)
        {
            lock (_gate)
            {
                // the slot of the batch that the caller still looks at stays as it is
                while (batch >= _released + _slots.Length && !_stop)
                    Monitor.Wait(_gate);
                if (_stop)
                    return;
            }

            try
            {
                ReadOnlySpan<int> rows = Rows(batch);
                _source.Read(rows, _epoch, _slots[batch % _slots.Length].AsSpan(0, rows.Length * _source.SampleShape.Count));
            }
            catch (Exception error)
            {
                lock (_gate)
                {
                    _failure = ExceptionDispatchInfo.Capture(error);
                    Monitor.PulseAll(_gate);
                }

                return;
            }

            lock (_gate)
            {
                _filled = batch + 1;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
