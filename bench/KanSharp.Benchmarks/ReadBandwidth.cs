using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KanSharp.Benchmarks;

/// <summary>How fast one thread reads memory in order: the rate that work bound by memory is measured against.</summary>
internal static class ReadBandwidth
{
    /// <summary>Far larger than the caches of any processor of today.</summary>
    public const long Large = 1L << 29;

    /// <summary>10⁹ bytes a second over an array of this many bytes, read again and again; the best of several passes.</summary>
    public static unsafe double GigaBytesPerSecond(long bytes)
    {
        const long Unit = 512;
        nuint size = (nuint)(Math.Max(1, bytes / Unit) * Unit);
        byte* data = (byte*)NativeMemory.AlignedAlloc(size, 4096);
        try
        {
            NativeMemory.Fill(data, size, 1);
            double best = double.PositiveInfinity;
            ulong sink = 0;
            long begin = Stopwatch.GetTimestamp();
            int passes = (int)Math.Max(1, (1 << 22) / (long)size);
            for (int round = 0; round < 5 || Stopwatch.GetElapsedTime(begin).TotalSeconds < 0.3; round++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int pass = 0; pass < passes; pass++)
                    sink += Sum(data, size);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / passes);
            }

            return sink == 0 ? 0 : size / best * 1e-9;
        }
        finally
        {
            NativeMemory.AlignedFree(data);
        }
    }

    // eight independent sums: enough loads in flight to fill the line buffers; the array's size is a multiple of 512 bytes
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe ulong Sum(byte* data, nuint size)
    {
        Vector512<ulong> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (byte* p = data, end = data + size; p < end; p += 512)
        {
            a += Vector512.Load((ulong*)p);
            b += Vector512.Load((ulong*)(p + 64));
            c += Vector512.Load((ulong*)(p + 128));
            d += Vector512.Load((ulong*)(p + 192));
            e += Vector512.Load((ulong*)(p + 256));
            f += Vector512.Load((ulong*)(p + 320));
            g += Vector512.Load((ulong*)(p + 384));
            h += Vector512.Load((ulong*)(p + 448));
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }
}
