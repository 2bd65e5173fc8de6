using System.Text;

namespace KanSharp.Symbolics.Printing;

/// <summary>Presentation MathML.</summary>
internal sealed class MathMLDialect : MathDialect
{
    public override string Plus => "<mo>+</mo>";

    public override string Minus => "<mo>−</mo>";

    public override string Sign => "<mo>−</mo>";

    // With a thin space, as in LaTeX: names of several letters next to each other would read as one
    public override string Times => "<mo lspace=\"0.1667em\" rspace=\"0em\">&#x2062;</mo>";

    public override string Dot => "<mo>·</mo>";

    public override string Slash => "<mo>/</mo>";

    public override string Pi => "<mi>π</mi>";

    public override string E => "<mi>e</mi>";

    public static string Document(string content) => $"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow>{content}</mrow></math>";

    public override string Number(string digits) => $"<mn>{digits}</mn>";

    public override string Variable(string name)
    {
        SymbolName symbol = SymbolName.Of(name);
        string letter = $"<mi>{Word(symbol.Base)}</mi>";
        if (symbol.Index.Length == 0)
            return letter;
        string tag = symbol.Index.All(char.IsAsciiDigit) ? "mn" : "mi";
        return $"<msub>{letter}<{tag}>{Word(symbol.Index)}</{tag}></msub>";
    }

    public override string Bracket(string inner) => $"<mrow><mo>(</mo><mrow>{inner}</mrow><mo>)</mo></mrow>";

    public override string Fraction(string above, string below) => $"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>";

    public override string Power(string @base, string exponent) => $"<msup><mrow>{@base}</mrow><mrow>{exponent}</mrow></msup>";

    public override string Sqrt(string radicand) => $"<msqrt><mrow>{radicand}</mrow></msqrt>";

    public override string Absolute(string inner) => $"<mrow><mo>|</mo><mrow>{inner}</mrow><mo>|</mo></mrow>";

    public override string FunctionName(string name, string index, string exponent)
    {
        string text = $"<mi>{name}</mi>";
        if (index.Length > 0)
            text = $"<msub>{text}<mn>{index}</mn></msub>";
        return exponent.Length > 0 ? $"<msup>{text}<mn>{exponent}</mn></msup>" : text;
    }

    public override string Call(string name, string argument) => $"<mrow>{name}<mo>&#x2061;</mo>{argument}</mrow>";

    private static string Word(string word)
    {
        if (SymbolName.Greek.TryGetValue(word, out char letter))
            return letter.ToString();
        StringBuilder text = new();
        foreach (char c in word)
        {
            text.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                _ when char.IsControl(c) => " ",
                _ => c.ToString(),
            });
        }

        return text.ToString();
    }
}
