using System.Numerics;

namespace KanSharp.Data;

/// <summary>Records that a function computes from their number.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GeneratedRecords<T> : IRecordSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RecordGenerator<T> _generate;
    private readonly long _count;

    /// <summary>Creates the source.</summary>
    /// <param name="count">Records, at least 1.</param>
    /// <param name="inputs">Inputs of a record, at least 1.</param>
    /// <param name="targets">Targets of a record, at least 1.</param>
    /// <param name="generate">Fills a record; the same number must give the same record. Called from one thread at a time.</param>
    /// <exception cref="ArgumentException">A count below 1.</exception>
    public GeneratedRecords(long count, int inputs, int targets, RecordGenerator<T> generate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targets);
        ArgumentNullException.ThrowIfNull(generate);
        _count = count;
        Inputs = inputs;
        Targets = targets;
        _generate = generate;
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Targets { get; }

    /// <inheritdoc/>
    public long? Count => _count;

    /// <inheritdoc/>
    public IRecordReader<T> Open() => new Reader(this);

    private sealed class Reader(GeneratedRecords<T> source) : IRecordReader<T>
    {
        private long _next;

        public int Read(Span<T> inputs, Span<T> targets)
        {
            int room = inputs.Length / source.Inputs, read = 0;
            for (; read < room && _next < source._count; read++, _next++)
                source._generate(_next, inputs.Slice(read * source.Inputs, source.Inputs), targets.Slice(read * source.Targets, source.Targets));
            return read;
        }

        public void Dispose()
        {
        }
    }
}
