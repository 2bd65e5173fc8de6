namespace KanSharp.Symbolics.Printing;

/// <summary>What LaTeX and MathML do their own way; the rest is <see cref="MathPrinter"/>.</summary>
internal abstract class MathDialect
{
    public abstract string Plus { get; }

    public abstract string Minus { get; }

    /// <summary>The minus of a single term.</summary>
    public abstract string Sign { get; }

    /// <summary>Multiplication of what can stand side by side.</summary>
    public abstract string Times { get; }

    /// <summary>Multiplication before a digit.</summary>
    public abstract string Dot { get; }

    /// <summary>The line of a fraction in an exponent.</summary>
    public abstract string Slash { get; }

    public abstract string Pi { get; }

    public abstract string E { get; }

    public abstract string Number(string digits);

    public abstract string Variable(string name);

    public abstract string Bracket(string inner);

    public abstract string Fraction(string above, string below);

    public abstract string Power(string @base, string exponent);

    public abstract string Sqrt(string radicand);

    public abstract string Absolute(string inner);

    /// <summary>The name of a function, with an index (J₀) and an exponent (sin²) where they are not empty.</summary>
    public abstract string FunctionName(string name, string index, string exponent);

    /// <summary>A name before its argument.</summary>
    public abstract string Call(string name, string argument);
}
