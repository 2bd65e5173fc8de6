namespace KanSharp.Tests.Docs;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="File">Path relative to the repository's root.</param>
/// <param name="Line">Line of the opening fence, from 1.</param>
/// <param name="Language">The word after the fence.</param>
/// <param name="Snippet">The name in the comment <c>snippet: NAME</c> right before the block; null without one.</param>
/// <param name="Lines">The lines between the fences.</param>
/// <param name="IsFirst">Whether it is the first block of its file.</param>
public sealed record CodeBlock(string File, int Line, string Language, string? Snippet, IReadOnlyList<string> Lines, bool IsFirst)
{
    /// <summary>The commands of README.md that a newcomer sees first. <c>.ci/run</c> runs them: a test that ran the tests would never end.</summary>
    public bool IsOpening => File == "README.md" && IsFirst;

    public override string ToString() => $"{File}:{Line}";
}
