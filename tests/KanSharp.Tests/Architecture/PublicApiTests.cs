using PublicApiGenerator;

namespace KanSharp.Tests.Architecture;

/// <summary>The public surface of the library is one approved text file.</summary>
public sealed class PublicApiTests
{
    private const string Approved = "tests/KanSharp.Tests/Architecture/PublicApi.approved.txt";

    [Fact]
    public void Public_surface_is_the_approved_one()
    {
        string received = Surface();
        string path = Path.Combine(Workplace.Root, Approved);
        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (received == approved)
            return;
        string output = Path.Combine(AppContext.BaseDirectory, "received", "PublicApi.received.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.WriteAllText(output, received);
        string[] before = approved.Split('\n'), after = received.Split('\n');
        Assert.Fail($"""
            The public surface changed.
            {string.Join('\n', before.Except(after).Select(l => "- " + l.Trim()).Concat(after.Except(before).Select(l => "+ " + l.Trim())).Take(40))}
            Where the change is wanted, approve it from the repository's root:
              cp {Path.GetRelativePath(Workplace.Root, output)} {Approved}
            """);
    }

    [Fact]
    public void Surface_is_the_same_text_each_time() => Assert.Equal(Surface(), Surface());

    private static string Surface()
    {
        ApiGeneratorOptions options = new()
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = ["System.Runtime.CompilerServices.TupleElementNamesAttribute", "System.Diagnostics.DebuggerDisplayAttribute"],
        };
        return typeof(KanSharp.Autodiff.Tensor<>).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
