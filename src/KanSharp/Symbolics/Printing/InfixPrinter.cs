using System.Globalization;
using System.Text;

namespace KanSharp.Symbolics.Printing;

/// <summary>Writes an expression on one line with as few brackets as the usual rules of precedence need.</summary>
internal sealed class InfixPrinter(InfixDialect dialect, PrintOptions options)
{
    public Printed Print(Expression node) => node switch
    {
        NumberExpression number => Number(number),
        ConstantExpression constant => new(dialect.Constant(constant), Binding.Atom),
        VariableExpression variable => new(dialect.Variable(variable.Name), Binding.Atom),
        ParameterExpression parameter => new(string.Create(CultureInfo.InvariantCulture, $"c{parameter.Index}"), Binding.Atom),
        SumExpression sum => Sum(sum),
        ProductExpression => Product(node),
        PowerExpression power when Expression.IsDenominator(power) => Product(node),
        PowerExpression power when power.Exponent.Equals(Expression.Half) => new(dialect.Sqrt(Print(power.Base).Text), Binding.Atom),
        PowerExpression power => dialect.Power(Print(power.Base), Print(power.Exponent), power),
        FunctionExpression call => dialect.Call(call.Function, Print(call.Argument)),
        _ => throw new InvalidOperationException($"'{node.GetType().Name}' cannot be printed."),
    };

    private Printed Number(NumberExpression number)
    {
        if (!number.IsExact)
            return new(NumberText.Of(number.Value, options.Digits), number.Value < 0 ? Binding.Product : Binding.Atom);
        string top = number.Numerator.ToString(CultureInfo.InvariantCulture);
        return number.IsInteger
            ? new(top, number.Value < 0 ? Binding.Product : Binding.Atom)
            : dialect.Fraction(top, number.Denominator.ToString(CultureInfo.InvariantCulture));
    }

    private Printed Sum(SumExpression sum)
    {
        StringBuilder text = new(Print(sum.Terms[0]).Text);
        foreach (Expression term in sum.Terms.Skip(1))
        {
            bool negative = ProductParts.IsNegative(term);
            text.Append(negative ? " - " : " + ").Append(Print(negative ? -term : term).Within(Binding.Product));
        }

        return new(text.ToString(), Binding.Sum);
    }

    private Printed Product(Expression node)
    {
        ProductParts parts = ProductParts.Of(node);
        string text = (parts.Negative ? "-" : "") + string.Join('*', parts.Above.Select(f => Print(f).Within(Binding.Product)));
        if (parts.Below.Count == 1)
            text += "/" + Print(parts.Below[0]).Within(Binding.Power);
        else if (parts.Below.Count > 1)
            text += $"/({string.Join('*', parts.Below.Select(f => Print(f).Within(Binding.Product)))})";
        return new(text, Binding.Product);
    }
}
