using System.Diagnostics;

namespace KanSharp.Cli.Output;

/// <summary>Memory of this process.</summary>
internal static class Memory
{
    /// <summary>Largest resident size so far.</summary>
    public static double PeakMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }
}
