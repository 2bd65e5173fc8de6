namespace KanSharp.Symbolics.Printing;

/// <summary>What one language of a single line does its own way; the rest is <see cref="InfixPrinter"/>.</summary>
internal abstract class InfixDialect
{
    public abstract string Variable(string name);

    public abstract string Constant(ConstantExpression constant);

    /// <summary>A fraction of integers that stands alone.</summary>
    public abstract Printed Fraction(string numerator, string denominator);

    /// <summary>A power of a positive exponent other than 1/2.</summary>
    public abstract Printed Power(Printed @base, Printed exponent, PowerExpression node);

    public abstract string Sqrt(string radicand);

    public abstract Printed Call(CatalogFunction function, Printed argument);
}

/// <summary>A piece of text and how strongly it binds.</summary>
internal readonly record struct Printed(string Text, Binding Binding)
{
    /// <summary>The text, in brackets if it binds less than needed.</summary>
    public string Within(Binding needed) => Binding < needed ? $"({Text})" : Text;
}

internal enum Binding
{
    Sum,
    Product,
    Power,
    Atom,
}
