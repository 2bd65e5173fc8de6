namespace KanSharp.Tests.Docs;

/// <summary>The lines of a test method between <c>// begin snippet: NAME</c> and <c>// end snippet</c>, without their common indentation.</summary>
public sealed record SnippetRegion(string File, int Line, string Name, bool InTest, IReadOnlyList<string> Lines)
{
    private const string Begin = "// begin snippet: ";
    private const string End = "// end snippet";

    /// <summary>The regions of all files of this folder.</summary>
    public static IReadOnlyList<SnippetRegion> All()
    {
        string folder = Path.Combine(Workplace.Root, "tests", "KanSharp.Tests", "Docs");
        return [.. Directory.EnumerateFiles(folder, "*Snippets.cs").Order(StringComparer.Ordinal).SelectMany(Read)];
    }

    private static IEnumerable<SnippetRegion> Read(string file)
    {
        string[] lines = System.IO.File.ReadAllLines(file);
        bool inTest = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            // a member starts at four spaces: the region belongs to a test if the last member before it has the attribute
            if (lines[i].StartsWith("    [Fact", StringComparison.Ordinal) || lines[i].StartsWith("    [Theory", StringComparison.Ordinal))
                inTest = true;
            else if (lines[i] == "    }")
                inTest = false;
            if (!line.StartsWith(Begin, StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, i, l => l.Trim() == End);
            Assert.True(end > 0, $"{Path.GetFileName(file)}:{i + 1}: the region is never closed by '{End}'.");
            yield return new SnippetRegion(Path.GetFileName(file), i + 1, line[Begin.Length..], inTest, Unindent(lines[(i + 1)..end]));
            i = end;
        }
    }

    private static string[] Unindent(string[] lines)
    {
        int indent = lines.Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        return [.. lines.Select(l => l.Length == 0 ? l : l[indent..])];
    }
}
