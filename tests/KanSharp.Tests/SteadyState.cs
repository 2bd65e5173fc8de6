namespace KanSharp.Tests;

/// <summary>Measures what repeated work allocates.</summary>
public static class SteadyState
{
    /// <summary>
    /// Bytes that the work allocates on this thread once it has settled: the least of some rounds. A single round would also count what the
    /// runtime allocates once (type initialisers, a first piece of work on this thread).
    /// </summary>
    public static long AllocatedBytes(Action work)
    {
        work();
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
