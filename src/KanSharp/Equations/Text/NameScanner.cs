using KanSharp.Symbolics;

namespace KanSharp.Equations.Text;

/// <summary>A name in a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Name">The name, without primes.</param>
/// <param name="Primes">Number of primes after it.</param>
/// <param name="End">The first character after name and primes.</param>
/// <param name="Open">The bracket that follows; −1 for none.</param>
internal readonly record struct NameToken(int Start, string Name, int Primes, int End, int Open)
{
    /// <summary>What stands before the first underscore.</summary>
    public string Root => Name.IndexOf('_', StringComparison.Ordinal) is > 0 and var bar ? Name[..bar] : Name;

    /// <summary>What stands after the first underscore; null without one.</summary>
    public string? Suffix => Name.IndexOf('_', StringComparison.Ordinal) is > 0 and var bar ? Name[(bar + 1)..] : null;

    /// <summary>Whether it is a function of expressions that is called.</summary>
    public bool IsFunction => Open >= 0 && Primes == 0 && (Name is "log10" or "log2" or "pow" || (Name != "x" && FunctionCatalog.Standard.Find(Name) is not null));
}

/// <summary>Finds the names in a text, so that primes and places can be taken out before the expression is read.</summary>
internal static class NameScanner
{
    private const string PrimeSigns = "'’′";

    /// <summary>The names from left to right; the exponents of numbers are none.</summary>
    public static IEnumerable<NameToken> Names(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsAsciiDigit(text[at]) || text[at] == '.')
            {
                at = AfterNumber(text, at);
                continue;
            }

            if (!char.IsLetter(text[at]) && text[at] != '_')
            {
                at++;
                continue;
            }

            int start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
                at++;
            string name = text[start..at];
            int primes = 0;
            for (; at < text.Length && (PrimeSigns.Contains(text[at], StringComparison.Ordinal) || text[at] == '"'); at++)
                primes += text[at] == '"' ? 2 : 1;
            int open = at;
            while (open < text.Length && char.IsWhiteSpace(text[open]))
                open++;
            yield return new NameToken(start, name, primes, at, open < text.Length && text[open] == '(' ? open : -1);
        }
    }

    /// <summary>The bracket that closes the one at a place; −1 if none does.</summary>
    public static int Closing(string text, int open)
    {
        int depth = 0;
        for (int at = open; at < text.Length; at++)
        {
            depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return at;
        }

        return -1;
    }

    private static int AfterNumber(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            at++;
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return at;
        int exponent = at + 1;
        if (exponent < text.Length && text[exponent] is '+' or '-')
            exponent++;
        int digits = exponent;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        return digits > exponent ? digits : at;
    }
}
