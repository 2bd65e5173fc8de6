using System.Diagnostics;
using System.Globalization;

namespace KanSharp.Benchmarks;

/// <summary>What the process holds: resident memory as the system counts it, live objects as the runtime counts them.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";

    /// <summary>Largest resident memory so far, in bytes.</summary>
    public static long PeakResident => Read("VmHWM:") ?? PeakOfSystem();

    /// <summary>Resident memory now, in bytes.</summary>
    public static long Resident => Read("VmRSS:") ?? Environment.WorkingSet;

    /// <summary>Bytes of live objects, pinned ones included, after a full collection.</summary>
    public static long LiveObjects()
    {
        for (int round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Bytes allocated by one call on all threads, mean of several; the calls before have warmed everything up.</summary>
    public static double AllocatedBy(Action action, int calls = 10)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int call = 0; call < calls; call++)
            action();
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / calls;
    }

    /// <summary>
    /// Runs an action and returns by how much its peak of resident memory lies above the memory held before, in bytes; null where the
    /// system cannot start a new peak (only Linux can).
    /// </summary>
    public static long? PeakGrowth(Action action)
    {
        if (!File.Exists(ClearReferences))
            return null;
        try
        {
            File.WriteAllText(ClearReferences, "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        long before = Resident;
        action();
        return PeakResident - before;
    }

    private static long PeakOfSystem()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>A line of the status file, which counts in KiB.</summary>
    private static long? Read(string key)
    {
        if (!File.Exists(Status))
            return null;
        foreach (string line in File.ReadLines(Status))
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
                return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
        }

        return null;
    }
}
