using System.Diagnostics;
using KanSharp.Data;

namespace KanSharp.Tests.Data;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kansharp-atomic-").FullName;

    [Fact]
    public void ReplacesAFileAndLeavesNothingBeside()
    {
        string path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "a longer old content");
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void CreatesAFileAndTheTargetOfADanglingLink()
    {
        string path = Path.Combine(_folder, "new.txt");
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        if (OperatingSystem.IsWindows())
            return;
        string target = Path.Combine(_folder, "later.txt"), link = Path.Combine(_folder, "link.txt");
        File.CreateSymbolicLink(link, target);
        AtomicFile.Write(link, stream => stream.Write("later"u8));
        Assert.Equal("later", File.ReadAllText(target));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void AFailureKeepsTheOldContent()
    {
        string path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the new"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void FollowsALinkAndKeepsIt()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Links need rights on Windows that a test may not have.");
        string target = Path.Combine(_folder, "target.txt"), link = Path.Combine(_folder, "link.txt");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        AtomicFile.Write(link, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task APipeIsWrittenToAndStaysAPipe()
    {
        string pipe = Path.Combine(_folder, "pipe");
        if (OperatingSystem.IsWindows() || !MakePipe(pipe))
            Assert.Skip("mkfifo is not there.");

        // Opening a pipe waits for the other end, so both ends are opened on threads of their own
        Task<string> reader = Task.Run(() => File.ReadAllText(pipe));
        Task writer = Task.Run(() => AtomicFile.Write(pipe, stream => stream.Write("through the pipe"u8)));
        TimeSpan limit = TimeSpan.FromSeconds(30);
        await writer.WaitAsync(limit, TestContext.Current.CancellationToken);
        Assert.Equal("through the pipe", await reader.WaitAsync(limit, TestContext.Current.CancellationToken));
        Assert.Equal([pipe], Directory.EnumerateFiles(_folder));
        Assert.Equal(0, new FileInfo(pipe).Length);
    }

    [Theory]
    [InlineData("/dev/null", true)]
    [InlineData("/dev/stdout", true)]
    [InlineData("/proc/self/fd/1", true)]
    [InlineData(@"\\.\NUL", true)]
    [InlineData("/device/null", false)]
    [InlineData("/data/dev/null", false)]
    public void DevicesAreKnownByTheirPlace(string path, bool expected) => Assert.Equal(expected, AtomicFile.IsDevice(path));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool MakePipe(string path)
    {
        try
        {
            using Process make = Process.Start("mkfifo", [path]);
            make.WaitForExit();
            return make.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
