using System.Globalization;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>
/// Reads the part of YAML that a dump of numbers, texts, lists and maps consists of: block and flow style, quoted texts, anchors of nodes that are complete, and of the tags
/// of Python only those of tuples and NumPy numbers, which become lists and numbers. All other tags are refused; nothing is constructed by name.
/// </summary>
internal sealed class YamlReader
{
    private const int MostCharacters = 16 << 20, MostDepth = 32;

    private readonly string? _file;
    private readonly List<(int Number, int Indent, string Text)> _lines = [];
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _at, _depth;

    private YamlReader(string text, string? file)
    {
        _file = file;
        int number = 0;
        foreach (ReadOnlySpan<char> source in text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> line = source.TrimEnd();
            ReadOnlySpan<char> body = line.TrimStart(' ');
            if (body.IsEmpty || body[0] == '#' || line is "---")
                continue;
            if (line is "...")
                break;
            _lines.Add((number, line.Length - body.Length, body.ToString()));
        }
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">File for messages.</param>
    /// <exception cref="ModelFileException">It is damaged, or needs more of YAML than is read.</exception>
    public static YamlNode Read(string text, string? file)
    {
        if (text.Length > MostCharacters)
            throw new ModelFileException($"{text.Length} characters; at most {MostCharacters} are read", file);
        var reader = new YamlReader(text, file);
        if (reader._lines.Count == 0)
            throw new ModelFileException("the configuration is empty", file);
        YamlNode root = reader.Block(-1);
        return reader._at == reader._lines.Count ? root : throw reader.Error("less indentation than the lines before, or something after the end");
    }

    private string Text => _lines[_at].Text;

    private bool More => _at < _lines.Count;

    /// <summary>The node that begins with the present line, whose indentation is more than that of its parent.</summary>
    private YamlNode Block(int parent)
    {
        if (++_depth > MostDepth)
            throw Error($"nested more than {MostDepth} deep");
        int indent = _lines[_at].Indent;
        YamlNode node = IsItem(Text) ? Sequence(indent) : KeyLength(Text) >= 0 ? Mapping(indent) : Node(parent);
        _depth--;
        return node;
    }

    private YamlNode.List Sequence(int indent)
    {
        var items = new List<YamlNode>();
        while (More && _lines[_at].Indent == indent && IsItem(Text))
        {
            string rest = Text[1..].TrimStart(' ');
            (int number, int at, string text) = _lines[_at];
            if (rest.Length == 0)
            {
                _at++;
                items.Add(More && _lines[_at].Indent > indent ? Block(indent) : Plain(""));
                continue;
            }

            _lines[_at] = (number, at + text.Length - rest.Length, rest);
            items.Add(IsItem(rest) || KeyLength(rest) >= 0 ? Block(indent) : Node(indent));
        }

        return new YamlNode.List(items);
    }

    private YamlNode.Map Mapping(int indent)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        while (More && _lines[_at].Indent == indent && !IsItem(Text))
        {
            int length = KeyLength(Text);
            if (length < 0)
                throw Error("a line without 'key:' inside a map");
            string key = Text[..length].Trim().Trim('\'', '"');
            (int number, _, string text) = _lines[_at];
            _lines[_at] = (number, indent, text[(length + 1)..].TrimStart(' '));
            if (entries.ContainsKey(key))
                throw Error($"the key '{PyTorch.PickleValue.Shortened(key)}' occurs twice");
            entries.Add(key, Node(indent, mapped: true));
        }

        return new YamlNode.Map(entries);
    }

    /// <summary>What stands on the present line, perhaps nothing or tags alone, and on the lines below that belong to it.</summary>
    private YamlNode Node(int parent, bool mapped = false)
    {
        string text = Text;
        string? tag = null, anchor = null;
        while (text.StartsWith('!') || text.StartsWith('&'))
        {
            int end = text.IndexOf(' ', StringComparison.Ordinal);
            string property = end < 0 ? text : text[..end];
            if (property[0] == '!')
                tag = YamlTags.Check(property) ? property : throw Error($"the tag {PyTorch.PickleValue.Shortened(property)} is refused: it would construct a Python object");
            else
                anchor = property[1..];
            text = end < 0 ? "" : text[end..].TrimStart(' ');
        }

        int number = _lines[_at].Number;
        _at++;
        YamlNode node;
        if (text.Length == 0)
            node = More && (_lines[_at].Indent > parent || (mapped && _lines[_at].Indent == parent && IsItem(Text))) ? Block(mapped && _lines[_at].Indent == parent ? parent - 1 : parent) : Plain("");
        else if (text is "|" or "|-" or ">" or ">-" or "|+")
            node = new YamlNode.Scalar(Below(parent), Quoted: true);
        else if (text[0] == '*')
            node = _anchors.GetValueOrDefault(text[1..]) ?? throw Error("an alias of nothing that is complete", number);
        else
            node = Inline(Below(parent) is { Length: > 0 } more ? $"{text} {more}" : text, number);
        if (tag is not null)
            node = YamlTags.Apply(tag, node) ?? throw Error($"what the tag {PyTorch.PickleValue.Shortened(tag)} stands before can not be read", number);
        if (anchor is not null)
            _anchors[anchor] = node;
        return node;
    }

    private string Below(int parent)
    {
        int start = _at;
        while (More && _lines[_at].Indent > parent)
            _at++;
        return string.Join(' ', _lines[start.._at].Select(line => line.Text));
    }

    private YamlNode Inline(string text, int number)
    {
        var flow = new YamlFlow(text);
        return flow.Whole(MostDepth) ?? throw Error($"'{PyTorch.PickleValue.Shortened(text)}' can not be read", number);
    }

    private static YamlNode.Scalar Plain(string text) => new(text, Quoted: false);

    private static bool IsItem(string text) => text == "-" || text.StartsWith("- ", StringComparison.Ordinal);

    /// <summary>Length of the key that a line begins with; −1 if it begins with none.</summary>
    private static int KeyLength(string text)
    {
        if (text.Length == 0 || "[{!&*|>\"#".Contains(text[0], StringComparison.Ordinal))
            return -1;
        int from = text[0] == '\'' ? text.IndexOf('\'', 1) : 0;
        for (int at = Math.Max(0, from); from >= 0 && at < text.Length; at++)
        {
            if (text[at] == ':' && (at + 1 == text.Length || text[at + 1] == ' '))
                return at;
        }

        return -1;
    }

    private ModelFileException Error(string problem, int? line = null) =>
        new(problem, _file, string.Create(CultureInfo.InvariantCulture, $"line {line ?? _lines[Math.Min(_at, _lines.Count - 1)].Number}"));
}
