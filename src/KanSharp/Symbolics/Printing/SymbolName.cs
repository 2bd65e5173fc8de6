namespace KanSharp.Symbolics.Printing;

/// <summary>A variable's name as mathematics writes it: a letter or word with an index, Greek where it is the name of a Greek letter.</summary>
internal readonly record struct SymbolName(string Base, string Index)
{
    /// <summary>Greek letters by name. Those that LaTeX lacks (omicron) are left out.</summary>
    public static IReadOnlyDictionary<string, char> Greek { get; } = new Dictionary<string, char>(StringComparer.Ordinal)
    {
        ["alpha"] = 'α',
        ["beta"] = 'β',
        ["gamma"] = 'γ',
        ["delta"] = 'δ',
        ["epsilon"] = 'ε',
        ["zeta"] = 'ζ',
        ["eta"] = 'η',
        ["theta"] = 'θ',
        ["iota"] = 'ι',
        ["kappa"] = 'κ',
        ["lambda"] = 'λ',
        ["mu"] = 'μ',
        ["nu"] = 'ν',
        ["xi"] = 'ξ',
        ["rho"] = 'ρ',
        ["sigma"] = 'σ',
        ["tau"] = 'τ',
        ["upsilon"] = 'υ',
        ["phi"] = 'φ',
        ["chi"] = 'χ',
        ["psi"] = 'ψ',
        ["omega"] = 'ω',
        ["Gamma"] = 'Γ',
        ["Delta"] = 'Δ',
        ["Theta"] = 'Θ',
        ["Lambda"] = 'Λ',
        ["Xi"] = 'Ξ',
        ["Sigma"] = 'Σ',
        ["Phi"] = 'Φ',
        ["Psi"] = 'Ψ',
        ["Omega"] = 'Ω',
    };

    /// <summary><c>theta_2</c> and <c>theta2</c> are theta with index 2, <c>m_0</c> is m with index 0, <c>kb</c> a word; a name with other characters is one text.</summary>
    public static SymbolName Of(string name)
    {
        if (!ExpressionParser.IsName(name))
            return new SymbolName(name, "");
        int mark = name.IndexOf('_', StringComparison.Ordinal);
        if (mark > 0 && mark < name.Length - 1)
            return new SymbolName(name[..mark], name[(mark + 1)..].Replace('_', ','));
        int digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1]))
            digits--;
        return digits > 0 && name.All(char.IsLetterOrDigit) ? new SymbolName(name[..digits], name[digits..]) : new SymbolName(name, "");
    }
}
