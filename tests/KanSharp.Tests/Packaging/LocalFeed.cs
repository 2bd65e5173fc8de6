using System.IO.Compression;
using System.Xml.Linq;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Packaging;

/// <summary>
/// The packages of the repository, packed from what is built, in a folder that serves as a feed; and a folder outside the repository in which programs use them. Packages
/// of others come from the machine's own folder of packages, or from its configured feeds.
/// </summary>
public sealed class LocalFeed : IDisposable
{
    private static readonly string[] Projects = ["KanSharp", "KanSharp.Extensions.DependencyInjection", "KanSharp.Cli"];
    private readonly string _root = Directory.CreateTempSubdirectory("kansharp-packages-").FullName;
    private readonly string? _before = Environment.GetEnvironmentVariable("NUGET_PACKAGES");

    public LocalFeed()
    {
        Packages = Folder("feed");
        Work = Folder("work");
        foreach (string project in Projects)
            Pack(project, Packages);
        File.WriteAllText(Path.Combine(Work, "nuget.config"), new XDocument(new XElement(
            "configuration",
            new XElement("packageSources", new XElement("add", new XAttribute("key", "kansharp-local"), new XAttribute("value", Packages))),
            new XElement("fallbackPackageFolders", new XElement("add", new XAttribute("key", "machine"), new XAttribute("value", MachinePackages()))))).ToString());

        // ours are unpacked into a folder of this test, so that no later version of the same number is mistaken for them
        Environment.SetEnvironmentVariable("NUGET_PACKAGES", Folder("unpacked"));
    }

    /// <summary>The folder of packages.</summary>
    public string Packages { get; }

    /// <summary>A folder outside the repository whose configuration knows the feed.</summary>
    public string Work { get; }

    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).StartsWith("debug", StringComparison.OrdinalIgnoreCase) ? "Debug" : "Release";

    /// <summary>Version of the packages.</summary>
    public static string Version { get; } = XDocument.Load(Path.Combine(Workplace.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>Packs one project without building it.</summary>
    public static void Pack(string project, string folder)
    {
        (int code, string output) = Run(
            Workplace.Root, "pack", Path.Combine("src", project), "-c", Configuration, "--no-build", "-o", folder, $"-p:NuspecOutputPath={folder}-nuspec/");
        Assert.True(code == 0, $"dotnet pack {project}: {output}");
    }

    /// <summary>Runs the .NET command line.</summary>
    public static (int Code, string Output) Run(string folder, params string[] arguments) => CommandLineProcess.Run("dotnet", arguments, folder);

    /// <summary>Runs it where it may need a feed; the test is skipped where none can be reached.</summary>
    public static string RunOnline(string folder, params string[] arguments)
    {
        (int code, string output) = Run(folder, arguments);
        if (code != 0 && output.Contains("NU1301", StringComparison.Ordinal))
            Assert.Skip($"No package feed can be reached: {output.Split('\n').First(line => line.Contains("NU1301", StringComparison.Ordinal)).Trim()}");
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)}: {output}");
        return output;
    }

    /// <summary>Path of a package in the feed.</summary>
    public string Package(string id, string extension = ".nupkg") => Path.Combine(Packages, $"{id}.{Version}{extension}");

    /// <summary>Names of the files in a package, without those of the container.</summary>
    public static string[] Names(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml").Order(StringComparer.Ordinal)];
    }

    /// <summary>The bytes of a file in a package.</summary>
    public static byte[] Read(string package, string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream stream = archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>An empty folder beside the feed.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("NUGET_PACKAGES", _before);
        Directory.Delete(_root, recursive: true);
    }

    private static string MachinePackages()
    {
        (int code, string output) = Run(Path.GetTempPath(), "nuget", "locals", "global-packages", "--list", "--force-english-output");
        Assert.True(code == 0, output);
        return output[(output.IndexOf("global-packages:", StringComparison.Ordinal) + "global-packages:".Length)..].Trim();
    }
}
