using System.Text;

namespace KanSharp.Interchange.Source;

/// <summary>Names of columns as local variables.</summary>
internal static class SourceNames
{
    // what generated functions and the three languages have themselves; names of one letter are left to them
    private static readonly HashSet<string> Reserved =
    [
        "BesselJ0", "BesselJ1", "Erf", "Math", "MathF", "System", "abs", "and", "arg", "as", "asin", "atan", "auto", "beta", "cosh", "ff", "formulas", "im", "oo", "pi", "re", "rf", "sign", "sinh", "symbols", "tanh", "test", "variables", "zeta",
        "base", "bool", "break", "byte", "case", "catch", "char", "class", "const", "continue", "cos", "def", "default", "del", "do", "double", "elif", "else",
        "enum", "erf", "event", "exp", "extern", "false", "fixed", "float", "for", "from", "gamma", "global", "goto", "if", "import", "in", "inline", "int", "is", "j0", "j1", "lambda", "lock",
        "log", "long", "namespace", "new", "not", "np", "null", "object", "operator", "or", "out", "override", "params", "pass", "pow", "private", "protected", "public", "raise",
        "readonly", "ref", "register", "restrict", "return", "short", "signed", "sin", "sizeof", "sqrt", "static", "string", "struct", "switch", "tan", "template", "this", "throw", "true", "try",
        "typedef", "uint", "union", "unsigned", "using", "virtual", "void", "volatile", "while", "with", "y0", "y1", "yield",
    ];

    /// <summary>Whether a name is a word of one of the languages.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>A name of letters, digits and underscores that is none of those taken.</summary>
    public static string Local(string column, IEnumerable<string> taken)
    {
        var text = new StringBuilder();
        foreach (char letter in column)
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        string name = text.ToString().Trim('_');
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            name = "c" + name;
        if (name.Length == 1 || Reserved.Contains(name))
            name += "_";
        string candidate = name;
        HashSet<string> others = [.. taken];
        for (int number = 2; others.Contains(candidate); number++)
            candidate = $"{name}_{SourceNumbers.Whole(number)}";
        return candidate;
    }
}
