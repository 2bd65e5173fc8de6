using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Packaging;

/// <summary>The packages: what is in them, that packing is repeatable, and that a fresh project and a fresh tool folder can use them.</summary>
[Collection(SerialDocuments.Name)]
public sealed class PackageTests(LocalFeed feed) : IClassFixture<LocalFeed>
{
    private const string Program = """
        using System.Globalization;
        using KanSharp.Data;
        using KanSharp.Extensions.DependencyInjection;
        using KanSharp.Interchange;
        using KanSharp.Training;
        using Microsoft.Extensions.DependencyInjection;

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        double[] a = [.. Enumerable.Range(0, 200).Select(i => Math.Sin(i * 1.7))], b = [.. Enumerable.Range(0, 200).Select(i => Math.Cos(i * 0.9))];
        var table = new Table([new TableColumn("a", a), new TableColumn("b", b), new TableColumn("y", [.. a.Zip(b, (x, z) => 3 * x * x - z)])]);
        TabularFit<double> fit = TabularTrainer.Fit<double>(table, ["y"], new TabularOptions { Hidden = [3] });
        ModelFile.Save("model.safetensors", fit.Model);
        IKanPredictor predictor = new ServiceCollection().AddKanPredictor("model.safetensors").BuildServiceProvider().GetRequiredService<IKanPredictor>();
        Console.WriteLine(predictor.Predict(new Dictionary<string, PredictorCell> { ["a"] = 0.5, ["b"] = 0.25 })["y"]);
        """;

    [Fact]
    public void The_library_has_its_files_and_no_native_or_build_time_dependency()
    {
        string package = feed.Package("KanSharp");
        Assert.Equal(["KanSharp.nuspec", "LICENSE", "README.md", "icon.png", "lib/net10.0/KanSharp.dll", "lib/net10.0/KanSharp.xml"], LocalFeed.Names(package));
        Assert.Equal(["KanSharp.nuspec", "lib/net10.0/KanSharp.pdb"], LocalFeed.Names(feed.Package("KanSharp", ".snupkg")));
        Assert.Equal(["CsvHelper", "Google.Protobuf", "MathNet.Numerics"], Dependencies(package, "KanSharp"));
        Check(package, "KanSharp");
        Assert.Equal("True", Metadata(LocalFeed.Read(package, "lib/net10.0/KanSharp.dll"), "IsTrimmable"));
        Assert.Equal("True", Metadata(LocalFeed.Read(package, "lib/net10.0/KanSharp.dll"), "IsAotCompatible"));
    }

    [Fact]
    public void The_satellite_needs_the_library_and_the_abstractions()
    {
        const string Id = "KanSharp.Extensions.DependencyInjection";
        string package = feed.Package(Id);
        Assert.Equal([$"{Id}.nuspec", "LICENSE", "README.md", "icon.png", $"lib/net10.0/{Id}.dll", $"lib/net10.0/{Id}.xml"], LocalFeed.Names(package));
        Assert.Equal(["KanSharp", "Microsoft.Extensions.DependencyInjection.Abstractions"], Dependencies(package, Id));
        Assert.True(File.Exists(feed.Package(Id, ".snupkg")));
        Check(package, Id);
    }

    [Fact]
    public void The_tool_carries_what_it_runs_with_and_no_native_code()
    {
        string package = feed.Package("KanSharp.Cli");
        string[] names = LocalFeed.Names(package);
        Assert.Empty(Dependencies(package, "KanSharp.Cli"));
        Assert.Contains("tools/net10.0/any/kan.dll", names);
        Assert.Contains("tools/net10.0/any/KanSharp.dll", names);
        Assert.Contains("THIRD-PARTY-NOTICES.md", names);
        Assert.DoesNotContain(names, name => name.Contains("/runtimes/", StringComparison.Ordinal) || name.Contains("Grpc", StringComparison.Ordinal) || name.EndsWith(".xml", StringComparison.Ordinal) && !name.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal));
        Assert.True(File.Exists(feed.Package("KanSharp.Cli", ".snupkg")));
        Check(package, "KanSharp.Cli");
    }

    [Fact]
    public void Packing_again_gives_the_same_bytes()
    {
        string again = feed.Folder("again");
        foreach (string project in (string[])["KanSharp", "KanSharp.Extensions.DependencyInjection", "KanSharp.Cli"])
            LocalFeed.Pack(project, again);
        string[] files = [.. Directory.GetFiles(again).Select(file => Path.GetFileName(file))];
        Assert.Equal(6, files.Length);
        Assert.All(files, file => Assert.True(File.ReadAllBytes(Path.Combine(again, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(feed.Packages, file))), file));
    }

    [Fact]
    public void A_fresh_project_fits_saves_and_predicts()
    {
        string project = Directory.CreateDirectory(Path.Combine(feed.Work, "consumer")).FullName;
        File.WriteAllText(Path.Combine(project, "consumer.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.11" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), Program);
        LocalFeed.RunOnline(project, "add", "package", "KanSharp", "--version", LocalFeed.Version);
        LocalFeed.RunOnline(project, "add", "package", "KanSharp.Extensions.DependencyInjection", "--version", LocalFeed.Version);
        LocalFeed.RunOnline(project, "build", "-c", "Release", "-o", "out");
        (int code, string output) = LocalFeed.Run(project, Path.Combine("out", "consumer.dll"));
        Assert.True(code == 0, output);
        Assert.Equal(0.5, double.Parse(output, System.Globalization.CultureInfo.InvariantCulture), 0.1);
    }

    [Fact]
    public void A_fresh_tool_folder_fits_and_predicts()
    {
        string folder = Directory.CreateDirectory(Path.Combine(feed.Work, "tool")).FullName, bin = Path.Combine(folder, "bin");
        LocalFeed.RunOnline(folder, "tool", "install", "KanSharp.Cli", "--tool-path", bin, "--version", LocalFeed.Version, "--source", feed.Packages);
        File.Copy(Path.Combine(Workplace.Root, "src", "KanSharp.Cli", "Data", "diabetes.csv"), Path.Combine(folder, "diabetes.csv"));
        Assert.StartsWith(LocalFeed.Version, Kan("--version"));
        Kan("fit", "diabetes.csv", "--target", "target", "--epochs", "3", "--out", "model.safetensors");
        string[] lines = Kan("predict", "model.safetensors", "diabetes.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("target", lines[0]);
        Assert.Equal(443, lines.Length);

        string Kan(params string[] arguments)
        {
            (int code, string output) = CommandLineProcess.Run(Path.Combine(bin, "kan"), arguments, folder);
            Assert.True(code == 0, output);
            return output;
        }
    }

    private static void Check(string package, string id)
    {
        XElement nuspec = Nuspec(package, id);
        string Value(string name) => nuspec.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal((id, LocalFeed.Version, "MIT", "icon.png", "README.md"), (Value("id"), Value("version"), Value("license"), Value("icon"), Value("readme")));
        Assert.NotEmpty(Value("description"));
        Assert.NotEmpty(Value("tags"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Workplace.Root, "src", "icon.png")), LocalFeed.Read(package, "icon.png"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Workplace.Root, "LICENSE")), LocalFeed.Read(package, "LICENSE"));
    }

    private static string[] Dependencies(string package, string id) =>
        [.. Nuspec(package, id).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal)];

    private static XElement Nuspec(string package, string id) => XDocument.Load(new MemoryStream(LocalFeed.Read(package, $"{id}.nuspec"))).Root!.Elements().Single();

    /// <summary>Value of an AssemblyMetadata attribute.</summary>
    private static string? Metadata(byte[] assembly, string key)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        MetadataReader reader = file.GetMetadataReader();
        foreach (CustomAttributeHandle handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            // prolog, then the two texts
            BlobReader blob = reader.GetBlobReader(reader.GetCustomAttribute(handle).Value);
            if (blob.Length > 4 && blob.ReadUInt16() == 1 && blob.RemainingBytes > 2 && reader.GetCustomAttribute(handle).Constructor.Kind == HandleKind.MemberReference
                && reader.GetMemberReference((MemberReferenceHandle)reader.GetCustomAttribute(handle).Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) == "AssemblyMetadataAttribute"
                && blob.ReadSerializedString() == key)
                return blob.ReadSerializedString();
        }

        return null;
    }
}
