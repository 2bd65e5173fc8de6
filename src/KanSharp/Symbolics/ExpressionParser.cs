using System.Globalization;
using System.Text;
using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics;

/// <summary>
/// Reads infix text by recursive descent: sum := product (± product)*, product := signed (*|/ signed)*, signed := (±) signed | power,
/// power := atom (^|** signed)?, so that −x^2 = −(x^2), 2^−x is allowed and a^b^c = a^(b^c).
/// </summary>
internal sealed class ExpressionParser(string text, FunctionCatalog catalog)
{
    private const int LongestText = 100_000;
    private const int DeepestNesting = 200;

    private int _position;
    private int _depth;

    public Expression Read()
    {
        if (text.Length > LongestText)
            throw new ExpressionFormatException($"the text has {text.Length} characters, allowed are {LongestText}", LongestText);
        Expression result = ReadSum();
        return _position == text.Length ? result : throw Unexpected("an operator or the end");
    }

    private Expression ReadSum()
    {
        if (++_depth > DeepestNesting)
            throw new ExpressionFormatException($"the text is nested deeper than {DeepestNesting} levels", _position);
        List<Expression> terms = [ReadProduct()];
        while (true)
        {
            if (Take('+'))
                terms.Add(ReadProduct());
            else if (Take('-'))
                terms.Add(-ReadProduct());
            else
                break;
        }

        _depth--;
        return terms.Count == 1 ? terms[0] : Expression.Sum(terms);
    }

    private Expression ReadProduct()
    {
        List<Expression> factors = [ReadSigned()];
        while (true)
        {
            if (Take('/'))
                factors.Add(Expression.Power(ReadSigned(), Expression.MinusOne));
            else if (!Ahead("**") && Take('*'))
                factors.Add(ReadSigned());
            else
                break;
        }

        return factors.Count == 1 ? factors[0] : Expression.Product(factors);
    }

    private Expression ReadSigned()
    {
        bool negative = false;
        while (Peek() is '-' or '+')
            negative ^= text[_position++] == '-';
        Expression power = ReadPower();
        return negative ? -power : power;
    }

    private Expression ReadPower()
    {
        Expression @base = ReadAtom();
        if (!Take('^') && !TakePair("**"))
            return @base;
        if (++_depth > DeepestNesting)
            throw new ExpressionFormatException($"the text is nested deeper than {DeepestNesting} levels", _position);
        Expression exponent = ReadSigned();
        _depth--;
        return Expression.Power(@base, exponent);
    }

    private Expression ReadAtom()
    {
        char next = Peek();
        if (Take('('))
            return ReadClosed();
        if (next == '`')
            return ReadQuoted();
        if (char.IsAsciiDigit(next) || next == '.')
            return ReadNumber();
        if (char.IsLetter(next) || next == '_')
            return ReadName();
        throw Unexpected("a number, a name or '('");
    }

    private Expression ReadClosed()
    {
        Expression inner = ReadSum();
        return Take(')') ? inner : throw Unexpected("')' or an operator");
    }

    /// <summary>A name in backquotes; a doubled backquote stands for one.</summary>
    private VariableExpression ReadQuoted()
    {
        int start = _position++;
        StringBuilder name = new();
        for (; _position < text.Length; _position++)
        {
            if (text[_position] == '`' && ++_position is int after && !(after < text.Length && text[after] == '`'))
                return name.Length > 0 && !string.IsNullOrWhiteSpace(name.ToString())
                    ? Expression.Variable(name.ToString())
                    : throw new ExpressionFormatException("the name in backquotes is empty", start);
            name.Append(text[_position]);
        }

        throw new ExpressionFormatException("the backquote that opens here is not closed", start);
    }

    private NumberExpression ReadNumber()
    {
        int start = _position;
        SkipDigits();
        if (_position < text.Length && text[_position] == '.')
        {
            _position++;
            SkipDigits();
        }

        if (_position < text.Length && text[_position] is 'e' or 'E')
        {
            int mark = _position++;
            if (_position < text.Length && text[_position] is '+' or '-')
                _position++;
            if (_position < text.Length && char.IsAsciiDigit(text[_position]))
                SkipDigits();
            else
                _position = mark;
        }

        string digits = text[start.._position];
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? Expression.Number(value)
            : throw new ExpressionFormatException($"'{digits}' is not a number that a double can hold", start);
    }

    private Expression ReadName()
    {
        int start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] == '_'))
            _position++;
        string name = text[start.._position];
        if (!Take('('))
            return name switch { "pi" or "π" => Expression.Pi, "e" => Expression.E, _ => Expression.Variable(name) };
        if ((catalog.Find(name) ?? FunctionCatalog.Standard.Find(name)) is { HasExponent: false, Kind: not FunctionKind.Identity } function)
            return function.Apply(ReadClosed());
        switch (name)
        {
            case "log10" or "log2":
                return Expression.Call("log", ReadClosed()) / Expression.Call("log", name == "log2" ? 2 : 10);
            case "pow":
                Expression @base = ReadSum();
                return Take(',') ? Expression.Power(@base, ReadClosed()) : throw Unexpected("',' and the exponent");
            default:
                string known = string.Join(", ", catalog.Where(f => IsName(f.Name) && f.Kind != FunctionKind.Identity).Select(f => f.Name));
                throw new ExpressionFormatException($"'{name}' is not a function; known are {known}. A product needs a '*' before '('", start);
        }
    }

    /// <summary>True for a text that is read as one name.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    private void SkipDigits()
    {
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            _position++;
    }

    /// <summary>The next character that is not white space, '\0' at the end.</summary>
    private char Peek()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
        return _position < text.Length ? text[_position] : '\0';
    }

    private bool Take(char expected)
    {
        if (Peek() != expected)
            return false;
        _position++;
        return true;
    }

    private bool Ahead(string pair) => Peek() == pair[0] && text.AsSpan(_position).StartsWith(pair, StringComparison.Ordinal);

    private bool TakePair(string pair)
    {
        bool found = Ahead(pair);
        _position += found ? pair.Length : 0;
        return found;
    }

    private ExpressionFormatException Unexpected(string expected) => new(
        Peek() == '\0' && _position == text.Length ? $"the text ends where {expected} was expected" : $"'{Peek()}' stands where {expected} was expected",
        _position);
}
