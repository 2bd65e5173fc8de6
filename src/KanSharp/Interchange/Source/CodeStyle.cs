namespace KanSharp.Interchange.Source;

/// <summary>What C# and C write differently. Own functions and tables are named in the manner of C# and renamed where the language has another custom.</summary>
/// <param name="single">Whether numbers are of single precision.</param>
internal abstract class CodeStyle(bool single)
{
    /// <summary>Whether numbers are of single precision.</summary>
    public bool Single => single;

    /// <summary>Type of numbers.</summary>
    public string Real => single ? "float" : "double";

    /// <summary>Whether the language is C#.</summary>
    public abstract bool IsSharp { get; }

    /// <summary>The language's name of an own function, table or constant.</summary>
    public abstract string Id(string name);

    /// <summary>A function of the mathematical library for the type of numbers: exp, log, sin, cos, tanh, sqrt, fabs.</summary>
    public abstract string Math(string function);

    /// <summary>The same for double precision.</summary>
    public abstract string DoubleMath(string function);

    /// <summary>A parameter that is read.</summary>
    public abstract string Source(string name);

    /// <summary>A parameter that is written.</summary>
    public abstract string Target(string name);

    /// <summary>Head of an internal function.</summary>
    public abstract string Function(string returns, string name, params IEnumerable<string> parameters);

    /// <summary>An array on the stack.</summary>
    public abstract string Buffer(string name, int size);

    /// <summary>A part of the scratch array.</summary>
    public abstract string Part(string name, int start, int size);

    /// <summary>Numbers that are part of the program.</summary>
    public abstract void Table(SourceText text, string name, IReadOnlyList<double> values);

    /// <summary>Whole numbers that are part of the program.</summary>
    public abstract void Table(SourceText text, string name, IReadOnlyList<int> values);

    /// <summary>A literal.</summary>
    public string Number(double value) => SourceNumbers.Literal(value, single);

    /// <summary>An expression of double precision as a number.</summary>
    public string FromDouble(string expression) => single ? $"(float)({expression})" : expression;

    /// <summary>A number times an expression, without a factor 1.</summary>
    public string Times(double factor, string expression) => factor switch
    {
        1 => expression,
        -1 => "-" + expression,
        _ => $"{Number(factor)} * {expression}",
    };

    /// <summary>An expression plus a number; nothing for 0.</summary>
    public string Plus(string expression, double number) => number switch
    {
        0 => expression,
        < 0 => $"{expression} - {Number(-number)}",
        _ => $"{expression} + {Number(number)}",
    };
}
