using System.Text;

namespace KanSharp.Symbolics.Printing;

/// <summary>LaTeX.</summary>
internal sealed class LatexDialect : MathDialect
{
    private static readonly HashSet<string> Commands =
        ["sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "exp"];

    public override string Plus => " + ";

    public override string Minus => " - ";

    public override string Sign => "-";

    public override string Times => @"\,";

    public override string Dot => @" \cdot ";

    public override string Slash => "/";

    public override string Pi => @"\pi";

    public override string E => "e";

    public override string Number(string digits) => digits;

    public override string Variable(string name)
    {
        SymbolName symbol = SymbolName.Of(name);
        string letter = Word(symbol.Base);
        return symbol.Index.Length == 0 ? letter : $"{letter}_{{{Index(symbol.Index)}}}";
    }

    public override string Bracket(string inner) => $@"\left({inner}\right)";

    public override string Fraction(string above, string below) => $@"\frac{{{above}}}{{{below}}}";

    public override string Power(string @base, string exponent) => $"{@base}^{{{exponent}}}";

    public override string Sqrt(string radicand) => $@"\sqrt{{{radicand}}}";

    public override string Absolute(string inner) => $@"\left|{inner}\right|";

    public override string FunctionName(string name, string index, string exponent)
    {
        string text = Commands.Contains(name) ? @"\" + name : name.Length == 1 ? name : $@"\operatorname{{{name}}}";
        return text + (index.Length > 0 ? $"_{{{index}}}" : "") + (exponent.Length > 0 ? $"^{{{exponent}}}" : "");
    }

    public override string Call(string name, string argument) => name + argument;

    private static string Index(string index) => index.All(c => char.IsAsciiDigit(c) || c == ',') ? index : Word(index);

    private static string Word(string word)
    {
        if (SymbolName.Greek.ContainsKey(word))
            return @"\" + word;
        if (word.Length == 1 && char.IsAsciiLetter(word[0]))
            return word;
        if (word.All(c => char.IsAsciiLetterOrDigit(c)))
            return $@"\mathrm{{{word}}}";
        StringBuilder text = new(@"\text{");
        foreach (char c in word)
        {
            text.Append(c switch
            {
                '\\' => @"\textbackslash{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                '{' or '}' or '$' or '%' or '&' or '#' or '_' => @"\" + c,
                _ when char.IsControl(c) => " ",
                _ => c.ToString(),
            });
        }

        return text.Append('}').ToString();
    }
}
