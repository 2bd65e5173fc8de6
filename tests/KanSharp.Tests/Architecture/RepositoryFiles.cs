using System.Diagnostics;

namespace KanSharp.Tests.Architecture;

/// <summary>The files of the repository, as paths relative to its root with forward slashes, in ordinal order.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] IgnoredFolders =
        ["artifacts", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts", "runs", "kan-demo", ".git", ".vs", ".idea"];

    /// <summary>Every file that git tracks; without git, every file outside the folders of build outputs.</summary>
    public static IReadOnlyList<string> Tracked { get; } = [.. (FromGit() ?? FromFolders()).Order(StringComparer.Ordinal)];

    /// <summary>The C# files of the given top folders, tracked or new.</summary>
    public static IReadOnlyList<string> CSharp(params string[] folders)
        => [.. FromFolders().Where(p => p.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(f => p.StartsWith(f + "/", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    /// <summary>The text of a file.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Workplace.Root, path));

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Workplace.Root, path));

    private static IEnumerable<string> FromFolders()
    {
        EnumerationOptions options = new() { RecurseSubdirectories = false, AttributesToSkip = FileAttributes.ReparsePoint };
        Stack<string> open = new([Workplace.Root]);
        while (open.TryPop(out string? folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", options))
                yield return Path.GetRelativePath(Workplace.Root, file).Replace('\\', '/');
            foreach (string child in Directory.EnumerateDirectories(folder, "*", options))
            {
                if (!IgnoredFolders.Contains(Path.GetFileName(child), StringComparer.Ordinal))
                    open.Push(child);
            }
        }
    }

    private static List<string>? FromGit()
    {
        try
        {
            ProcessStartInfo start = new("git", ["ls-files", "-z"])
            {
                WorkingDirectory = Workplace.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process git = Process.Start(start)!;
            git.ErrorDataReceived += static (_, _) => { };
            git.BeginErrorReadLine();
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            List<string> files = [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(p => File.Exists(Path.Combine(Workplace.Root, p)))];
            return git.ExitCode == 0 && files.Count > 0 ? files : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // git is not installed
        }
    }
}
