using System.Text;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>Reads what stands in one line of YAML: texts with and without quotes, and lists and maps in brackets. Null where it can not be read.</summary>
internal sealed class YamlFlow(string text)
{
    private int _at;

    /// <summary>The whole text as one node.</summary>
    public YamlNode? Whole(int depth)
    {
        if (text[0] is not ('[' or '{' or '\'' or '"'))
            return new YamlNode.Scalar(WithoutComment(text), Quoted: false);
        YamlNode? node = Node(depth);
        Skip();
        return node is not null && (_at == text.Length || text[_at] == '#') ? node : null;
    }

    private static string WithoutComment(string plain) => plain.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var at ? plain[..at].TrimEnd() : plain;

    private YamlNode? Node(int depth)
    {
        Skip();
        if (depth == 0 || _at == text.Length)
            return null;
        switch (text[_at])
        {
            case '[':
                return List(depth);
            case '{':
                return Map(depth);
            case '\'' or '"':
                return Quoted();
            default:
                int start = _at;
                while (_at < text.Length && !",]}".Contains(text[_at], StringComparison.Ordinal) && !(text[_at] == ':' && _at + 1 < text.Length && text[_at + 1] == ' '))
                    _at++;
                string plain = text[start.._at].Trim();
                return plain.Length == 0 || "!&*|>".Contains(plain[0], StringComparison.Ordinal) ? null : new YamlNode.Scalar(plain, Quoted: false);
        }
    }

    private YamlNode.List? List(int depth)
    {
        var items = new List<YamlNode>();
        _at++;
        while (!Take(']'))
        {
            if (Node(depth - 1) is not { } item)
                return null;
            items.Add(item);
            if (!Take(',') && !Next(']'))
                return null;
        }

        return new YamlNode.List(items);
    }

    private YamlNode.Map? Map(int depth)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        _at++;
        while (!Take('}'))
        {
            if (Node(depth - 1) is not YamlNode.Scalar key || !Take(':') || Node(depth - 1) is not { } value || !entries.TryAdd(key.Text, value))
                return null;
            if (!Take(',') && !Next('}'))
                return null;
        }

        return new YamlNode.Map(entries);
    }

    private YamlNode.Scalar? Quoted()
    {
        char quote = text[_at++];
        var content = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            char letter = text[_at];
            if (letter == quote && quote == '\'' && _at + 1 < text.Length && text[_at + 1] == '\'')
                _at++;
            else if (letter == quote)
            {
                _at++;
                return new YamlNode.Scalar(content.ToString(), Quoted: true);
            }
            else if (letter == '\\' && quote == '"')
            {
                if (++_at == text.Length || "\\\"/nt ".IndexOf(text[_at], StringComparison.Ordinal) is not (>= 0 and var code))
                    return null;
                letter = "\\\"/\n\t "[code];
            }

            content.Append(letter);
        }

        return null;
    }

    private bool Next(char expected)
    {
        Skip();
        return _at < text.Length && text[_at] == expected;
    }

    private bool Take(char expected)
    {
        if (!Next(expected))
            return false;
        _at++;
        return true;
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] == ' ')
            _at++;
    }
}
