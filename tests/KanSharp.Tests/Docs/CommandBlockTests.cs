namespace KanSharp.Tests.Docs;

/// <summary>
/// Runs the commands of each document: its <c>sh</c>, <c>bash</c>, <c>console</c> (lines after <c>$ </c>) and <c>python</c> blocks, in order,
/// in one scratch folder that holds the shipped data sets, with the built <c>kan</c> on the path. Blocks that start with <c>dotnet run</c> run in
/// the repository's root. Not run here: the first block of README.md, which <c>.ci/run</c> runs (it starts the tests), and named
/// Python blocks, which <see cref="PythonReaderTests"/> runs.
/// </summary>
[Collection(SerialDocuments.Name)]
public sealed class CommandBlockTests
{
    public static TheoryData<string> Documents => [.. Markdown.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_of_a_document_run(string document)
    {
        CodeBlock[] blocks = [.. Markdown.Blocks(document).Where(b => !b.IsOpening && (b.Language is "sh" or "bash" or "console" || b is { Language: "python", Snippet: null }))];
        using ScratchFolder folder = new();
        string tools = Directory.CreateDirectory(Path.Combine(folder.Path, ".tools")).FullName;
        KanTool.Install(tools);
        bool python = blocks.All(b => b.Language != "python") || PythonProgram.HasNumPy(folder.Path);
        foreach (CodeBlock block in blocks.Where(b => python || b.Language != "python"))
        {
            (int code, string output) = block.Language == "python"
                ? CommandLineProcess.Run(PythonProgram.Name, ["-c", string.Join('\n', block.Lines)], folder.Path)
                : RunScript(block, folder.Path, tools);
            Assert.True(code == 0, $"{block} ended with exit code {code}:\n{output}");
        }

        if (!python)
            Assert.Skip($"{PythonProgram.Name} has no NumPy: the Python blocks of {document} were not run.");
    }

    [Theory]
    [InlineData("console", "$ echo one > a.txt\none\n$ test -s a.txt", 0)]
    [InlineData("sh", "echo one \\\n  two | grep -q 'one two'", 0)]
    [InlineData("sh", "test -s diabetes.csv\nfalse\ntrue", 1)]
    [InlineData("bash", "false | true", 1)]
    public void Runner_stops_at_the_first_command_that_fails(string language, string text, int expected)
    {
        using ScratchFolder folder = new();
        CodeBlock block = new("x.md", 1, language, null, text.Split('\n'), false);
        Assert.Equal(expected, RunScript(block, folder.Path, folder.Path).Code);
    }

    [Fact]
    public void No_document_starts_the_tests_outside_the_opening_block()
    {
        string[] recursive = ["dotnet test", ".ci/run"];
        IEnumerable<CodeBlock> commands = Markdown.Documents.SelectMany(Markdown.Blocks).Where(b => !b.IsOpening && b.Language is "sh" or "bash" or "console");
        Assert.Empty(commands.Where(b => b.Lines.Any(l => recursive.Any(l.Contains))).Select(b => b.ToString()));
    }

    private static (int Code, string Output) RunScript(CodeBlock block, string folder, string tools)
    {
        IEnumerable<string> lines = block.Language == "console"
            ? block.Lines.Where(l => l.StartsWith("$ ", StringComparison.Ordinal)).Select(l => l[2..])
            : block.Lines;
        string script = "set -euo pipefail\n" + string.Join('\n', lines);
        bool inRoot = lines.FirstOrDefault()?.StartsWith("dotnet run ", StringComparison.Ordinal) ?? false;
        return CommandLineProcess.Run("bash", ["-c", script], inRoot ? Workplace.Root : folder, tools);
    }
}
