namespace KanSharp.Symbolics.Printing;

/// <summary>The text that the parser reads.</summary>
internal sealed class TextDialect : InfixDialect
{
    public override string Variable(string name) =>
        ExpressionParser.IsName(name) && name is not ("pi" or "e" or "π") ? name : $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string Constant(ConstantExpression constant) => constant.Name;

    public override Printed Fraction(string numerator, string denominator) => new($"{numerator}/{denominator}", Binding.Product);

    public override Printed Power(Printed @base, Printed exponent, PowerExpression node) =>
        new($"{@base.Within(Binding.Atom)}^{exponent.Within(Binding.Atom)}", Binding.Power);

    public override string Sqrt(string radicand) => $"sqrt({radicand})";

    public override Printed Call(CatalogFunction function, Printed argument) => new($"{function.Name}({argument.Text})", Binding.Atom);
}
