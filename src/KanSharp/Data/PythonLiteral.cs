using System.Globalization;

namespace KanSharp.Data;

/// <summary>Reads the few Python literals that an NPY header consists of: quoted text, True and False, a tuple of sizes.</summary>
internal sealed class PythonLiteral(string source, string? fileName)
{
    private int _position;

    public bool TryTake(char expected)
    {
        SkipSpace();
        if (_position >= source.Length || source[_position] != expected)
            return false;
        _position++;
        return true;
    }

    public void Expect(char expected)
    {
        if (!TryTake(expected))
            throw Error($"'{expected}'");
    }

    public string Text()
    {
        SkipSpace();
        char quote = _position < source.Length ? source[_position] : '\0';
        int end = quote is '\'' or '"' ? source.IndexOf(quote, _position + 1) : -1;
        if (end < 0)
            throw Error("a quoted text (structured arrays can not be read)");
        string text = source[(_position + 1)..end];
        _position = end + 1;
        return text;
    }

    public bool Truth()
    {
        SkipSpace();
        foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
        {
            if (string.CompareOrdinal(source, _position, word, 0, word.Length) != 0)
                continue;
            _position += word.Length;
            return value;
        }

        throw Error("True or False");
    }

    public int[] Sizes()
    {
        var sizes = new List<int>();
        Expect('(');
        while (!TryTake(')'))
        {
            sizes.Add(Size());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. sizes];
    }

    public void ExpectEnd()
    {
        SkipSpace();
        if (_position != source.Length)
            throw Error("the end of the header");
    }

    private int Size()
    {
        SkipSpace();
        int start = _position;
        while (_position < source.Length && char.IsAsciiDigit(source[_position]))
            _position++;
        return int.TryParse(source.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? size
            : throw Error($"a size from 0 to {int.MaxValue}");
    }

    private void SkipSpace()
    {
        while (_position < source.Length && char.IsWhiteSpace(source[_position]))
            _position++;
    }

    private DataFormatException Error(string expected) =>
        new($"the header is damaged at character {_position + 1}: expected {expected}", fileName);
}
