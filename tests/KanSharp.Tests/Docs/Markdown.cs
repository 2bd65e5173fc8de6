using System.Text.RegularExpressions;

namespace KanSharp.Tests.Docs;

/// <summary>The documents whose code blocks are run: README.md and docs/*.md.</summary>
internal static class Markdown
{
    public static IReadOnlyList<string> Documents { get; } = [.. Find()];

    /// <summary>The fenced blocks of a document in order.</summary>
    public static IReadOnlyList<CodeBlock> Blocks(string document) => Parse(document, File.ReadAllLines(Path.Combine(Workplace.Root, document)));

    internal static IReadOnlyList<CodeBlock> Parse(string document, string[] lines)
    {
        List<CodeBlock> blocks = [];
        for (int start = 0; start < lines.Length; start++)
        {
            Match fence = Regex.Match(lines[start], @"^\s*(?<fence>`{3,}|~{3,})\s*(?<language>\S*)");
            if (!fence.Success)
                continue;
            int end = Array.FindIndex(lines, start + 1, l => l.Trim() == fence.Groups["fence"].Value);
            Assert.True(end > 0, $"{document}:{start + 1}: the code block is never closed.");
            Match mark = Regex.Match(start == 0 ? "" : lines[start - 1], @"^<!-- snippet: (?<name>[\w-]+) -->$");
            blocks.Add(new CodeBlock(document, start + 1, fence.Groups["language"].Value, mark.Success ? mark.Groups["name"].Value : null,
                lines[(start + 1)..end], blocks.Count == 0));
            start = end;
        }

        return blocks;
    }

    private static IEnumerable<string> Find()
    {
        yield return "README.md";
        string docs = Path.Combine(Workplace.Root, "docs");
        if (!Directory.Exists(docs))
            yield break;
        foreach (string file in Directory.EnumerateFiles(docs, "*.md").Order(StringComparer.Ordinal))
            yield return "docs/" + Path.GetFileName(file);
    }
}
