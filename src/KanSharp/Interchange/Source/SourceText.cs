using System.Text;

namespace KanSharp.Interchange.Source;

/// <summary>Lines of a source file with their indentation.</summary>
internal sealed class SourceText
{
    private const int Indent = 4;
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Adds a line; nothing for an empty one.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', Indent * _depth).Append(line);
        _text.Append('\n');
    }

    /// <summary>Adds several lines, each indented further by what it begins with.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.Split('\n'))
            Line(line.TrimEnd('\r'));
    }

    /// <summary>Adds a line and an opening brace.</summary>
    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    /// <summary>Adds a closing brace.</summary>
    public void Close()
    {
        _depth--;
        Line("}");
    }

    /// <summary>Indents what follows.</summary>
    public void In() => _depth++;

    /// <summary>Ends an indentation.</summary>
    public void Out() => _depth--;

    /// <summary>The text so far.</summary>
    public override string ToString() => _text.ToString();
}
