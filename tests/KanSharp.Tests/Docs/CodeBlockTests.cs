namespace KanSharp.Tests.Docs;

/// <summary>
/// Every C# block of the documents is a region of a test method in this folder, line by line, so that what a reader copies compiles and
/// runs. Blocks of commands are run by <see cref="CommandBlockTests"/>.
/// </summary>
public sealed class CodeBlockTests
{
    private static readonly string[] Known = ["csharp", "sh", "bash", "console", "python", "text", "json"];

    [Fact]
    public void Every_block_has_a_language_that_a_test_knows()
        => Assert.Empty(AllBlocks().Where(b => !Known.Contains(b.Language)).Select(b => $"{b} has the language '{b.Language}'"));

    [Fact]
    public void Every_csharp_block_is_a_region_of_a_test()
    {
        Dictionary<string, SnippetRegion> regions = SnippetRegion.All().ToDictionary(r => r.Name, StringComparer.Ordinal);
        List<string> wrong = [];
        foreach (CodeBlock block in AllBlocks().Where(b => b.Language == "csharp"))
        {
            if (block.Snippet is null)
                wrong.Add($"{block} has no name: put <!-- snippet: NAME --> on the line before it");
            else if (!regions.TryGetValue(block.Snippet, out SnippetRegion? region))
                wrong.Add($"{block} is named {block.Snippet}: no *Snippets.cs file of tests/KanSharp.Tests/Docs has a region of that name");
            else if (!region.InTest)
                wrong.Add($"{block}: its region {region.File}:{region.Line} is in no test method");
            else if (!region.Lines.SequenceEqual(block.Lines))
                wrong.Add($"{block} differs from {region.File}:{region.Line}, which is:\n{string.Join('\n', region.Lines)}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_region_is_shown_in_a_document()
        => Assert.Empty(SnippetRegion.All().Select(r => r.Name).Except(AllBlocks().Select(b => b.Snippet)));

    [Fact]
    public void Readme_opens_with_a_run_and_the_tests()
    {
        CodeBlock first = Markdown.Blocks("README.md")[0];
        Assert.Equal("sh", first.Language);
        Assert.Equal(2, first.Lines.Count);
        Assert.StartsWith("dotnet run -c Release --project ", first.Lines[0]);
        Assert.Equal("dotnet test -c Release", first.Lines[1]);
    }

    [Fact]
    public void Parser_finds_blocks_names_and_languages()
    {
        string[] lines = ["# Title", "", "<!-- snippet: one -->", "```csharp", "int x = 1;", "", "```", "text", "```console", "$ kan --version", "```"];
        IReadOnlyList<CodeBlock> blocks = Markdown.Parse("a.md", lines);
        Assert.Equal(["csharp", "console"], blocks.Select(b => b.Language));
        Assert.Equal(["one", null], blocks.Select(b => b.Snippet));
        Assert.Equal(["int x = 1;", ""], blocks[0].Lines);
        Assert.Equal([4, 9], blocks.Select(b => b.Line));
    }

    private static IEnumerable<CodeBlock> AllBlocks() => Markdown.Documents.SelectMany(Markdown.Blocks);
}
