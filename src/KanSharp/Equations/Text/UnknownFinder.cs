namespace KanSharp.Equations.Text;

/// <summary>Finds the unknowns of equations: the names that are differentiated.</summary>
internal static class UnknownFinder
{
    /// <summary>The names in the order in which their derivatives occur.</summary>
    /// <param name="equations">The equations.</param>
    /// <param name="variables">Names of the variables.</param>
    /// <exception cref="EquationFormatException">A name can not be an unknown, or nothing is differentiated.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<TextPart> equations, IReadOnlyList<string> variables)
    {
        List<string> found = [];
        foreach (TextPart equation in equations)
        {
            foreach (NameToken token in NameScanner.Names(equation.Text))
            {
                if (token is { Primes: 0, Suffix: null } || token.Name[0] == '_' || found.Contains(token.Root))
                    continue;
                Require(equation, token, variables);
                found.Add(token.Root);
            }
        }

        return found.Count > 0
            ? found
            : throw equations[0].Error($"no derivative occurs, so there is no unknown; derivatives look like u_{variables[0]}{(variables.Count == 1 ? " or u'" : "")}, and further unknowns can be named");
    }

    /// <summary>Whether an equation has a derivative by a variable.</summary>
    public static bool Differentiates(IReadOnlyList<TextPart> equations, string variable, bool isOnly) => equations.Any(equation => NameScanner.Names(equation.Text)
        .Any(token => (isOnly && token.Primes > 0) || (token.Suffix?.Contains(variable, StringComparison.Ordinal) ?? false)));

    private static void Require(TextPart equation, NameToken token, IReadOnlyList<string> variables)
    {
        if (variables.Contains(token.Root))
            throw equation.Error($"'{token.Root}' is a variable of the domain and can not be differentiated; variables are {string.Join(", ", variables)}", token.Start);
        ProblemNames names;
        try
        {
            names = new ProblemNames(variables, [token.Root]);
        }
        catch (ArgumentException error)
        {
            throw equation.Error($"'{token.Root}' is a constant or function of expressions and can not be an unknown", token.Start, error);
        }

        string name = token.Primes > 0 ? token.Root : token.Name;
        if (names.Explain(name, out _) is { } problem)
            throw equation.Error(problem, token.Start);
    }
}
