using System.Globalization;
using System.Text;
using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics.Printing;

/// <summary>Writes an expression with fractions, roots, raised exponents and single letters.</summary>
internal sealed class MathPrinter(MathDialect dialect, PrintOptions options)
{
    public Printed Print(Expression node) => node switch
    {
        NumberExpression number => Number(number),
        ConstantExpression constant => new(constant.Name == "pi" ? dialect.Pi : dialect.E, Binding.Atom),
        VariableExpression variable => new(dialect.Variable(variable.Name), Binding.Atom),
        SumExpression sum => Sum(sum),
        ProductExpression => Product(node),
        PowerExpression power when Expression.IsDenominator(power) => Product(node),
        PowerExpression power => Power(power),
        FunctionExpression call => Call(call, ""),
        _ => throw new InvalidOperationException($"'{node.GetType().Name}' cannot be printed."),
    };

    private string Within(Expression node, Binding needed)
    {
        Printed printed = Print(node);
        return printed.Binding < needed ? dialect.Bracket(printed.Text) : printed.Text;
    }

    private Printed Number(NumberExpression number)
    {
        string sign = number.Value < 0 ? dialect.Sign : "";
        Binding binding = number.Value < 0 ? Binding.Product : Binding.Atom;
        if (number is { IsExact: true, IsInteger: false })
            return new(sign + dialect.Fraction(Integer(Math.Abs(number.Numerator)), Integer(number.Denominator)), Binding.Product);
        if (number.IsExact)
            return new(sign + Integer(Math.Abs(number.Numerator)), binding);
        string text = NumberText.Of(Math.Abs(number.Value), options.Digits);
        int mark = text.IndexOf('e', StringComparison.Ordinal);
        return mark < 0
            ? new(sign + dialect.Number(text), binding)
            : new(sign + dialect.Number(text[..mark]) + dialect.Dot + dialect.Power(dialect.Number("10"), Exponent(text[(mark + 1)..])), Binding.Product);
    }

    private string Integer(long value) => dialect.Number(value.ToString(CultureInfo.InvariantCulture));

    private string Exponent(string digits) => digits[0] == '-' ? dialect.Sign + dialect.Number(digits[1..]) : dialect.Number(digits);

    private Printed Sum(SumExpression sum)
    {
        StringBuilder text = new(Print(sum.Terms[0]).Text);
        foreach (Expression term in sum.Terms.Skip(1))
        {
            bool negative = ProductParts.IsNegative(term);
            text.Append(negative ? dialect.Minus : dialect.Plus).Append(Within(negative ? -term : term, Binding.Product));
        }

        return new(text.ToString(), Binding.Sum);
    }

    private Printed Product(Expression node)
    {
        ProductParts parts = ProductParts.Of(node);
        string sign = parts.Negative ? dialect.Sign : "";
        return parts.Below.Count == 0
            ? new(sign + Factors(parts.Above, alone: false), Binding.Product)
            : new(sign + dialect.Fraction(Factors(parts.Above, alone: true), Factors(parts.Below, alone: true)), Binding.Product);
    }

    /// <summary>Factors side by side; one that stands alone in a fraction needs no brackets.</summary>
    private string Factors(IReadOnlyList<Expression> factors, bool alone)
    {
        if (factors.Count == 1 && alone)
            return Print(factors[0]).Text;
        StringBuilder text = new();
        for (int i = 0; i < factors.Count; i++)
        {
            if (i > 0)
                text.Append(StartsWithDigit(factors[i]) ? dialect.Dot : dialect.Times);
            text.Append(Within(factors[i], Binding.Product));
        }

        return text.ToString();
    }

    private static bool StartsWithDigit(Expression node) => node is NumberExpression || (node is PowerExpression power
        && !power.Exponent.Equals(Expression.Half) && StartsWithDigit(power.Base));

    private Printed Power(PowerExpression power)
    {
        if (power.Exponent.Equals(Expression.Half))
            return new(dialect.Sqrt(Print(power.Base).Text), Binding.Atom);
        string exponent = power.Exponent is NumberExpression { IsExact: true, IsInteger: false } rational
            ? Slashed(rational)
            : Print(power.Exponent).Text;
        if (power.Base is FunctionExpression call && power.Exponent is NumberExpression { IsInteger: true, Value: > 1 } n && TakesExponent(call.Function.Kind))
            return Call(call, n.Numerator.ToString(CultureInfo.InvariantCulture));

        // e^u is printed as a power already
        bool exponential = power.Base is FunctionExpression { Function.Kind: FunctionKind.Exp };
        string @base = exponential ? dialect.Bracket(Print(power.Base).Text) : Within(power.Base, Binding.Atom);
        return new(dialect.Power(@base, exponent), Binding.Power);
    }

    private string Slashed(NumberExpression rational) =>
        (rational.Value < 0 ? dialect.Sign : "") + Integer(Math.Abs(rational.Numerator)) + dialect.Slash + Integer(rational.Denominator);

    private static bool TakesExponent(FunctionKind kind) => kind is FunctionKind.Sin or FunctionKind.Cos or FunctionKind.Tan or FunctionKind.Sinh
        or FunctionKind.Cosh or FunctionKind.Tanh;

    private Printed Call(FunctionExpression call, string exponent)
    {
        string x = Print(call.Argument).Text;
        return call.Function.Kind switch
        {
            FunctionKind.Exp => new(dialect.Power(dialect.E, x), Binding.Power),
            FunctionKind.Abs => new(dialect.Absolute(x), Binding.Atom),
            FunctionKind.Log => Named("ln", ""),
            FunctionKind.LogOnePlus => new(
                dialect.Call(dialect.FunctionName("ln", "", ""), dialect.Bracket(Print(Expression.Sum([Expression.One, call.Argument])).Text)), Binding.Atom),
            FunctionKind.Arctanh => Named("artanh", ""),
            FunctionKind.BesselJ0 => Named("J", "0"),
            FunctionKind.BesselJ1 => Named("J", "1"),
            _ => Named(call.Function.Name, ""),
        };

        Printed Named(string name, string index) =>
            new(dialect.Call(dialect.FunctionName(name, index, exponent), dialect.Bracket(x)), Binding.Atom);
    }
}
