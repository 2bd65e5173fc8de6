using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Data.Images;

namespace KanSharp.Tests.Data.Images;

/// <summary>Batches read ahead: the same whatever the timing, with the exceptions of the source.</summary>
public sealed class SampleBatchesTests
{
    private static readonly ImageSource<float> Source = new(ImageSetTests.Make(50), null, new ImageAugmentation { MaxShift = 2, MaxRotation = 20, Seed = 3 });

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 0, 2)]
    [InlineData(5, 2, 0)]
    [InlineData(2, 1, 1)]
    public void Batches_are_those_of_the_source_whatever_the_timing(int ahead, int readDelay, int useDelay)
    {
        int[] order = [.. Enumerable.Range(0, 50).Select(i => i * 7 % 50)];
        using var batches = new SampleBatches<float>(new Slow(Source, readDelay), 16, ahead);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            batches.Start(order, epoch);
            int seen = 0;
            while (batches.Next(out ReadOnlySpan<int> rows, out ReadOnlySpan<float> values))
            {
                Thread.Sleep(useDelay);
                Assert.Equal(order.AsSpan(seen, Math.Min(16, 50 - seen)).ToArray(), rows.ToArray());
                var expected = new float[rows.Length * 36];
                Source.Read(rows, epoch, expected);
                Assert.Equal(expected, values.ToArray());
                seen += rows.Length;
            }

            Assert.Equal(50, seen);
            Assert.Equal(4, batches.Count);
        }
    }

    [Fact]
    public void What_was_started_before_is_given_up()
    {
        using var batches = new SampleBatches<float>(Source, 10);
        batches.Start([.. Enumerable.Range(0, 50)], 0);
        Assert.True(batches.Next(out _, out _));
        batches.Start([4, 3], 1);
        Assert.True(batches.Next(out ReadOnlySpan<int> rows, out _));
        Assert.Equal([4, 3], rows.ToArray());
        Assert.False(batches.Next(out _, out _));
    }

    [Fact]
    public void An_exception_of_the_source_comes_with_its_batch()
    {
        using var batches = new SampleBatches<float>(new Slow(Source, 0) { FailAt = 25 }, 10);
        batches.Start([.. Enumerable.Range(0, 50)], 0);
        Assert.True(batches.Next(out _, out _));
        Assert.True(batches.Next(out _, out _));
        Assert.Equal("sample 25", Assert.Throws<IOException>(() => batches.Next(out _, out _)).Message);
        Assert.Equal("sample 25", Assert.Throws<IOException>(() => batches.Next(out _, out _)).Message);
        batches.Start([1, 2], 0);
        Assert.True(batches.Next(out _, out _));
    }

    [Fact]
    public void Waiting_can_be_cancelled()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        using var gate = new ManualResetEventSlim();
        using var batches = new SampleBatches<float>(new Slow(Source, 0) { Gate = gate }, 10);
        batches.Start([1, 2, 3], 0);
        Assert.ThrowsAny<OperationCanceledException>(() => batches.Next(out _, out _, source.Token));
        gate.Set();
        Assert.True(batches.Next(out _, out _));
    }

    private sealed class Slow(SampleSource<float> inner, int delay) : SampleSource<float>
    {
        public int FailAt { get; init; } = -1;

        public ManualResetEventSlim? Gate { get; init; }

        public override int Count => inner.Count;

        public override Shape SampleShape => inner.SampleShape;

        public override string Description => inner.Description;

        public override void Read(ReadOnlySpan<int> rows, int epoch, Span<float> target)
        {
            Gate?.Wait();
            Thread.Sleep(delay);
            if (rows.Contains(FailAt))
                throw new IOException($"sample {FailAt}");
            inner.Read(rows, epoch, target);
        }
    }
}
