namespace KanSharp.Tests;

/// <summary>Folders outside the test assembly.</summary>
public static class Workplace
{
    /// <summary>The repository's root: the nearest folder above the test assembly with the solution in it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the folder <c>shared</c> beside the repository; it need not exist.</summary>
    public static string Shared(params string[] parts) => Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KanSharp.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("KanSharp.slnx was not found above the test assembly.");
    }
}
