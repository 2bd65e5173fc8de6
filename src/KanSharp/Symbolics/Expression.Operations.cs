using KanSharp.Symbolics.Evaluation;
using KanSharp.Symbolics.Printing;
using KanSharp.Symbolics.Simplification;

namespace KanSharp.Symbolics;

/// <content>Reading, printing, evaluation, calculus.</content>
public abstract partial record Expression
{
    /// <summary>
    /// Reads infix text: numbers, names, + − * / ^ (or **), brackets, functions of the catalogue, <c>sqrt</c>, <c>pow(a, b)</c>, <c>log10</c>,
    /// <c>log2</c>, the constants <c>pi</c> and <c>e</c>. Any other name is a variable; names with odd characters stand in backquotes. There is
    /// no implied multiplication.
    /// </summary>
    /// <param name="text">At most 100,000 characters, nested at most 200 levels deep.</param>
    /// <param name="catalog">Further functions; those of <see cref="FunctionCatalog.Standard"/> are always known.</param>
    /// <exception cref="ExpressionFormatException">The text is not an expression; the message says where and what was expected.</exception>
    public static Expression Parse(string text, FunctionCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ExpressionParser(text, catalog ?? FunctionCatalog.Standard).Read();
    }

    /// <summary>Writes the expression in a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="options">Digits; all of them by default.</param>
    public string Print(ExpressionFormat format, PrintOptions? options = null) => ExpressionPrinter.Print(this, format, options ?? PrintOptions.Default);

    /// <summary>The expression as a program for many rows.</summary>
    /// <param name="variables">Names of the columns of a row, in order; there may be more than the expression uses.</param>
    /// <exception cref="ArgumentException">A variable of the expression is not among them, or one is named twice.</exception>
    public CompiledExpression Compile(IReadOnlyList<string> variables) => new(this, variables);

    /// <summary>The value at one point; NaN or ±∞ outside the domain.</summary>
    /// <param name="values">Values of <see cref="Variables"/>, in that order.</param>
    public double Evaluate(params ReadOnlySpan<double> values)
    {
        IReadOnlyList<string> names = Variables;
        if (values.Length != names.Count)
        {
            throw new ArgumentException(
                $"The expression has {names.Count} variables ({string.Join(", ", names)}), but {values.Length} values are given.", nameof(values));
        }

        Dictionary<string, double> point = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
            point.Add(names[i], values[i]);
        return Evaluate(point);
    }

    /// <summary>The value at one point; NaN or ±∞ outside the domain.</summary>
    /// <param name="values">A value for each of <see cref="Variables"/>.</param>
    public double Evaluate(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ScalarEvaluation.Of(this, values);
    }

    /// <summary>The partial derivative.</summary>
    /// <param name="variable">Name of the variable; it need not occur.</param>
    public Expression Differentiate(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return new Differentiation(variable).Of(this);
    }

    /// <summary>
    /// A simpler expression of the same value wherever this one has a value: numbers computed, like terms and powers of one base collected,
    /// √(x²) = |x|, ln and exp undone, symmetries of functions used. Never more complex than before, and simplified again it stays the same.
    /// </summary>
    /// <param name="options">Bounds; those of the type if null.</param>
    public Expression Simplify(SimplificationOptions? options = null) => Simplifier.Simplify(this, options ?? SimplificationOptions.Default);

    /// <summary>The expression with other expressions in place of variables, all at once.</summary>
    public Expression Substitute(IReadOnlyDictionary<string, Expression> replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        return Transform(node => node is VariableExpression v && replacements.TryGetValue(v.Name, out Expression? other) ? other : node);
    }

    /// <summary>The expression with every number that is not exact rounded to significant digits; exact numbers stay.</summary>
    /// <param name="significantDigits">1 to 17.</param>
    public Expression Round(int significantDigits)
    {
        if (significantDigits is < 1 or > 17)
            throw new ArgumentOutOfRangeException(nameof(significantDigits), significantDigits, "Significant digits are 1 to 17.");
        return Transform(node => node is NumberExpression { IsExact: false } number ? Number(NumberText.Rounded(number.Value, significantDigits)) : node);
    }
}
