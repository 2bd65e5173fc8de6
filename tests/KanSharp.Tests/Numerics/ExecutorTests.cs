using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class ExecutorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void RunsEveryPieceOnceWhateverTheThreads(int threads)
    {
        using var executor = new Executor(threads);
        var counts = new int[1000];
        var work = new Lambda(piece => Interlocked.Increment(ref counts[piece]));
        for (int pieces = 0; pieces <= counts.Length; pieces += 1 + pieces / 3)
        {
            Array.Clear(counts);
            executor.Run(work, pieces);
            Assert.All(counts[..pieces], count => Assert.Equal(1, count));
            Assert.All(counts[pieces..], count => Assert.Equal(0, count));
        }
    }

    [Fact]
    public void SurvivesManyShortRuns()
    {
        using var executor = new Executor(threads: 4);
        long total = 0;
        var work = new Lambda(piece => Interlocked.Add(ref total, piece));
        long expected = 0;
        for (int run = 0; run < 20_000; run++)
        {
            int pieces = 2 + run % 7;
            executor.Run(work, pieces);
            expected += pieces * (pieces - 1) / 2;
            Assert.Equal(expected, Interlocked.Read(ref total));
        }
    }

    [Fact]
    public void WorkersTakePartAndWakeAfterSleeping()
    {
        using var executor = new Executor(threads: 2);
        for (int round = 0; round < 3; round++)
        {
            // Both pieces wait for each other, so this only ends if two threads run them.
            using var meeting = new Barrier(2);
            executor.Run(new Lambda(_ => Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(30)))), 2);
            Thread.Sleep(5);
        }

        Assert.Equal(1, executor.LiveWorkers);
    }

    [Fact]
    public void StartsNoThreadBeforeParallelWork()
    {
        using var executor = new Executor(threads: 4);
        executor.Run(new Lambda(_ => { }), 1);
        Assert.Equal(0, executor.LiveWorkers);
        executor.Run(new Lambda(_ => { }), 2);
        Assert.Equal(3, executor.LiveWorkers);
    }

    [Fact]
    public void NestedRunStaysOnItsThread()
    {
        using var executor = new Executor(threads: 4);
        int ran = 0;
        executor.Run(new Lambda(_ =>
        {
            int outer = Environment.CurrentManagedThreadId;
            executor.Run(new Lambda(_ =>
            {
                Assert.Equal(outer, Environment.CurrentManagedThreadId);
                Interlocked.Increment(ref ran);
            }), 5);
        }), 8);
        Assert.Equal(40, ran);
    }

    [Fact]
    public void SeveralCallersAtOnceAreSafe()
    {
        using var executor = new Executor(threads: 3);
        long total = 0;
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            var work = new Lambda(piece => Interlocked.Add(ref total, piece + 1));
            for (int run = 0; run < 2000; run++)
                executor.Run(work, 10);
        })).ToArray();
        foreach (Thread caller in callers)
            caller.Start();
        foreach (Thread caller in callers)
            caller.Join();
        Assert.Equal(4L * 2000 * 55, total);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void RethrowsTheExceptionOfTheLowestPieceAfterAllAreDone(int threads)
    {
        using var executor = new Executor(threads);
        int done = 0;
        var work = new Lambda(piece =>
        {
            Interlocked.Increment(ref done);
            if (piece % 10 == 3)
                throw new InvalidOperationException($"piece {piece}");
        });
        var thrown = Assert.Throws<InvalidOperationException>(() => executor.Run(work, 50));
        Assert.Equal("piece 3", thrown.Message);
        Assert.Equal(50, done);

        executor.Run(new Lambda(_ => Interlocked.Increment(ref done)), 50);
        Assert.Equal(100, done);
    }

    [Fact]
    public void RunAllocatesNothing()
    {
        using var executor = new Executor(threads: 2);
        var sums = new long[64];
        var work = new Lambda(piece => sums[piece]++);
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            for (int run = 0; run < 500; run++)
                executor.Run(work, 64);
        }));
        Assert.All(sums, sum => Assert.Equal(sums[0], sum));
        Assert.InRange(sums[0], 1000, 3000);
    }

    [Fact]
    public void ReductionInFixedPiecesHasTheSameBitsForAnyNumberOfThreads()
    {
        var random = new Random(1);
        float[] values = Enumerable.Range(0, 100_003).Select(_ => random.NextSingle() - 0.5f).ToArray();
        const int size = 4096;
        int pieces = (values.Length + size - 1) / size;
        var results = new List<int>();
        foreach (int threads in new[] { 1, 2, 8 })
        {
            using var executor = new Executor(threads, SimdWidth.Bits256);
            var partial = new float[pieces];
            var work = new Lambda(piece =>
            {
                int start = piece * size;
                ReadOnlySpan<float> part = values.AsSpan(start, Math.Min(size, values.Length - start));
                partial[piece] = VectorMath.Sum(part, executor.Width);
            });
            for (int repeat = 0; repeat < 20; repeat++)
            {
                executor.Run(work, pieces);
                results.Add(BitConverter.SingleToInt32Bits(VectorMath.Sum<float>(partial, executor.Width)));
            }
        }

        Assert.Single(results.Distinct());
    }

    [Fact]
    public void DisposeEndsTheThreadsAndForbidsUse()
    {
        var executor = new Executor(threads: 3);
        executor.Run(new Lambda(_ => { }), 8);
        Assert.Equal(2, executor.LiveWorkers);
        executor.Dispose();
        executor.Dispose();
        Assert.Equal(0, executor.LiveWorkers);
        Assert.Throws<ObjectDisposedException>(() => executor.Run(new Lambda(_ => { }), 8));
    }

    [Fact]
    public void DefaultCanNotBeDisposed()
    {
        int ran = 0;
        Executor.Default.Dispose();
        Executor.Default.Run(new Lambda(_ => Interlocked.Increment(ref ran)), 4);
        Assert.Equal(4, ran);
        Assert.Equal(Environment.ProcessorCount, Executor.Default.Threads);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public void RejectsImpossibleNumbersOfThreads(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => new Executor(threads));

    private sealed class Lambda(Action<int> action) : ParallelWork
    {
        public override void Execute(int piece) => action(piece);
    }
}
