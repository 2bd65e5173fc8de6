using System.Diagnostics;
using System.Runtime.InteropServices;
using KanSharp.Interchange;

namespace KanSharp.Tests.Cli;

/// <summary>The tool as a process of its own.</summary>
public sealed class ProcessTests
{
    [Fact]
    public void Results_go_to_the_output_and_remarks_to_the_error_stream()
    {
        using var folder = new CliFolder();
        using Process tool = Start(folder, "fit", folder.Table(), "--target", "y", "--exclude", "class", "--epochs", "2", "--json");
        string output = tool.StandardOutput.ReadToEnd();
        Assert.Contains("chosen", tool.StandardError.ReadToEnd());
        Assert.True(tool.WaitForExit(60_000));
        Assert.Equal(0, tool.ExitCode);
        Assert.StartsWith("{", output);
        Assert.True(File.Exists(folder["table.kan.safetensors"]));
    }

    [Fact]
    public void Wrong_usage_ends_with_2()
    {
        using var folder = new CliFolder();
        using Process tool = Start(folder, "fit", "--nonsense");
        Assert.Contains("unknown option '--nonsense'", tool.StandardError.ReadToEnd());
        Assert.True(tool.WaitForExit(60_000));
        Assert.Equal(2, tool.ExitCode);
    }

    [Fact]
    public void Ctrl_C_keeps_the_best_model_and_ends_with_130()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no SIGINT to send to another process.");
        using var folder = new CliFolder();
        using Process tool = Start(folder, "fit", folder.Table(), "--target", "y", "--exclude", "class", "--epochs", "100000000", "--run", folder["run"]);
        while (!tool.HasExited && !CliFolder.HasLine(folder["run/metrics.jsonl"]))
            Thread.Sleep(5);
        Assert.Equal(0, Kill(tool.Id, 2));
        Assert.Contains("Stopping", tool.StandardError.ReadToEnd());
        Assert.True(tool.WaitForExit(60_000));
        Assert.Equal(130, tool.ExitCode);
        Assert.Equal("y", ModelFile.LoadTabular<float>(folder["run/best.safetensors"]).Encoding.Target.Columns[0]);
    }

    [Fact]
    public void Ctrl_C_ends_a_command_that_can_not_be_asked_to_stop()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no SIGINT to send to another process, and no pipes with names in folders.");
        using var folder = new CliFolder();
        using (var make = Process.Start("mkfifo", folder["pipe.pt"]))
            make.WaitForExit();
        using Process tool = Start(folder, "import", "pipe.pt", "--out", "model.safetensors");
        try
        {
            // opens when the tool has opened the other end, which then waits for bytes without end
            using var pipe = new FileStream(folder["pipe.pt"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            Assert.Equal(0, Kill(tool.Id, 2));
            Assert.True(tool.WaitForExit(60_000));
            Assert.Equal("Aborted.", tool.StandardError.ReadToEnd().Trim());
            Assert.Equal(130, tool.ExitCode);
            Assert.False(File.Exists(folder["model.safetensors"]));
        }
        finally
        {
            if (!tool.HasExited)
                tool.Kill();
        }
    }

    private static Process Start(CliFolder folder, params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "kan.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
