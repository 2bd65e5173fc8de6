using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class ExecutorTests
{
    [Fact]
    public void RunsEveryPieceOnce()
    {
        using var executor = new Executor(threads: 2);
        var work = new Counting(100);
        executor.Run(work, 100);
        Assert.All(work.Counts, count => Assert.Equal(1, count));
    }

    private sealed class Counting(int pieces) : ParallelWork
    {
        public int[] Counts { get; } = new int[pieces];

        public override void Execute(int piece) => Interlocked.Increment(ref Counts[piece]);
    }
}
