namespace KanSharp.Tests.Data;

/// <summary>The real data sets of the workplace, beside the repository; tests that need them skip where they are missing.</summary>
internal static class WorkplaceData
{
    public static string Require(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "KanSharp.slnx")))
                continue;
            string path = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data", relative));
            if (!File.Exists(path))
                break;
            return path;
        }

        Assert.Skip($"real data file data/{relative} is not available");
        return "";
    }
}
