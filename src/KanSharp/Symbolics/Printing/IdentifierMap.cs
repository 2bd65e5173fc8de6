using System.Text;

namespace KanSharp.Symbolics.Printing;

/// <summary>
/// Names of variables as identifiers of a language: letters, digits and underscores, not a word that the language has, and distinct.
/// </summary>
internal sealed class IdentifierMap
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public IdentifierMap(IReadOnlyList<string> variables, IReadOnlySet<string> reserved)
    {
        // names that need no change keep theirs whatever else there is
        HashSet<string> taken = [.. variables.Where(v => Identifier(v) == v && !reserved.Contains(v))];
        foreach (string variable in variables)
        {
            string name = Identifier(variable);
            if (name == variable && taken.Contains(name))
            {
                _names.Add(variable, name);
                continue;
            }

            string candidate = reserved.Contains(name) ? name + "_" : name;
            for (int i = 2; !taken.Add(candidate); i++)
                candidate = $"{name}_{i}";
            _names.Add(variable, candidate);
        }
    }

    public string this[string variable] => _names[variable];

    private static string Identifier(string name)
    {
        StringBuilder result = new();
        foreach (char c in name.Trim())
            result.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        if (char.IsAsciiDigit(result[0]))
            result.Insert(0, 'x');
        string text = result.ToString();
        return text.All(c => c == '_') ? "x" : text;
    }
}
