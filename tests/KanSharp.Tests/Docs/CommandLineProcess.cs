using System.Diagnostics;
using System.Text;

namespace KanSharp.Tests.Docs;

/// <summary>Runs a program without input and keeps its output, both streams in one text.</summary>
internal static class CommandLineProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Exit code and output; −1 where the program is not installed.</summary>
    public static (int Code, string Output) Run(string program, IEnumerable<string> arguments, string folder, string? pathFirst = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        if (pathFirst is not null)
            start.Environment["PATH"] = pathFirst + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        StringBuilder output = new();
        void Keep(object sender, DataReceivedEventArgs e)
        {
            lock (output)
                output.AppendLine(e.Data);
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.OutputDataReceived += Keep;
            process.ErrorDataReceived += Keep;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.StandardInput.Close();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                return (124, $"{output}\nstopped after {Limit.TotalMinutes:F0} minutes");
            }

            process.WaitForExit(); // the streams are read to their ends
            return (process.ExitCode, output.ToString());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
