namespace KanSharp.Symbolics;

/// <content>Factories and operators.</content>
public abstract partial record Expression
{
    /// <summary>π.</summary>
    public static ConstantExpression Pi { get; } = new("pi", Math.PI);

    /// <summary>Euler's number e.</summary>
    public static ConstantExpression E { get; } = new("e", Math.E);

    /// <summary>0.</summary>
    public static NumberExpression Zero { get; } = NumberExpression.Of(0);

    /// <summary>1.</summary>
    public static NumberExpression One { get; } = NumberExpression.Of(1);

    internal static NumberExpression MinusOne { get; } = NumberExpression.Of(-1);

    internal static NumberExpression Two { get; } = NumberExpression.Of(2);

    internal static NumberExpression Half { get; } = Rational(1, 2);

    /// <summary>A number; exact if it is whole.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static NumberExpression Number(double value) => NumberExpression.Of(value);

    /// <summary>The exact number numerator/denominator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is 0, or a part in lowest terms is beyond 2⁵³.</exception>
    public static NumberExpression Rational(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfZero(denominator);
        return NumberExpression.Exact(numerator, denominator)
            ?? throw new ArgumentOutOfRangeException(nameof(numerator), numerator, "Numerator and denominator are at most 2^53. Use Number for larger ones.");
    }

    /// <summary>The variable of a name: any text that is not empty.</summary>
    public static VariableExpression Variable(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new VariableExpression(name);
    }

    /// <summary>The sum of the terms, 0 if there are none.</summary>
    public static Expression Sum(IEnumerable<Expression> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        List<Expression> list = [];
        int place = -1;
        foreach (Expression term in terms)
        {
            if (term is SumExpression sum)
                foreach (Expression inner in sum.Terms)
                    Take(inner);
            else
                Take(term);
        }

        if (place >= 0 && list[place] is NumberExpression { Value: 0 })
            list.RemoveAt(place);
        return list.Count switch { 0 => Zero, 1 => list[0], _ => new SumExpression([.. list]) };

        void Take(Expression term)
        {
            if (term is NumberExpression number)
            {
                if (place >= 0 && NumberExpression.Add((NumberExpression)list[place], number) is NumberExpression total)
                {
                    list[place] = total;
                    return;
                }

                if (place < 0)
                    place = list.Count;
            }

            list.Add(term);
        }
    }

    /// <summary>The product of the factors, 1 if there are none.</summary>
    public static Expression Product(IEnumerable<Expression> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        NumberExpression coefficient = One;
        List<Expression> numerator = [], denominator = [];
        foreach (Expression factor in factors)
        {
            if (factor is ProductExpression product)
                foreach (Expression inner in product.Factors)
                    Take(inner);
            else
                Take(factor);
        }

        if (coefficient.Value == 0)
            return Zero;
        if (coefficient.Equals(One) && numerator.Count + denominator.Count == 1)
            return numerator.Count == 1 ? numerator[0] : denominator[0];
        List<Expression> all = coefficient.Equals(One) ? [.. numerator, .. denominator] : [coefficient, .. numerator, .. denominator];
        return all.Count switch { 0 => One, 1 => all[0], _ => new ProductExpression([.. all]) };

        void Take(Expression factor)
        {
            if (factor is NumberExpression number && NumberExpression.Multiply(coefficient, number) is NumberExpression total)
                coefficient = total;
            else
                (IsDenominator(factor) ? denominator : numerator).Add(factor);
        }
    }

    /// <summary>The base to the exponent. Whole powers of numbers are computed, and (x^n)^m of whole n and m, or m = −1, is one power.</summary>
    public static Expression Power(Expression @base, Expression exponent)
    {
        ArgumentNullException.ThrowIfNull(@base);
        ArgumentNullException.ThrowIfNull(exponent);
        if (exponent is not NumberExpression given)
            return @base.Equals(One) ? One : new PowerExpression(@base, exponent);
        NumberExpression power = Halves(given);
        if (power.Value == 0)
            return One;
        if (power.Equals(One) || @base.Equals(One))
            return @base;
        if (@base is NumberExpression number && power.IsInteger && NumberExpression.Power(number, power.Numerator) is NumberExpression value)
            return value;
        if (@base is PowerExpression { Exponent: NumberExpression inner } nested && power.IsInteger && (inner.IsInteger || power.Equals(MinusOne))
            && NumberExpression.Multiply(inner, power) is NumberExpression whole)
            return Power(nested.Base, whole);
        if (@base is ProductExpression product && power.Equals(MinusOne))
            return Product(product.Factors.Select(f => Power(f, MinusOne)));
        return new PowerExpression(@base, power);
    }

    /// <summary>The square root, a power of 1/2.</summary>
    public static Expression Sqrt(Expression radicand) => Power(radicand, Half);

    /// <summary>A function of the standard catalogue applied to an argument, by name: <c>Call("sin", x)</c>.</summary>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public static Expression Call(string name, Expression argument) => FunctionCatalog.Standard[name].Apply(argument);

    /// <summary>The number as a node.</summary>
    public static implicit operator Expression(double value) => Number(value);

    /// <summary>The sum.</summary>
    public static Expression operator +(Expression a, Expression b) => Sum([a, b]);

    /// <summary>The difference a + (−1)·b.</summary>
    public static Expression operator -(Expression a, Expression b) => Sum([a, -b]);

    /// <summary>The product.</summary>
    public static Expression operator *(Expression a, Expression b) => Product([a, b]);

    /// <summary>The quotient a·b^(−1).</summary>
    public static Expression operator /(Expression a, Expression b) => Product([a, Power(b, MinusOne)]);

    /// <summary>(−1)·a.</summary>
    public static Expression operator -(Expression a) => Product([MinusOne, a]);

    /// <summary>True for a power with a negative number as exponent: what stands below the line of a fraction.</summary>
    internal static bool IsDenominator(Expression factor) => factor is PowerExpression { Exponent: NumberExpression { Value: < 0 } };

    /// <summary>A double that is a whole multiple of 1/2 as a rational, so that x^0.5 is a root; any other as it is.</summary>
    private static NumberExpression Halves(NumberExpression number) =>
        !number.IsExact && Math.Abs(number.Value) < 1 << 20 && number.Value * 2 == Math.Truncate(number.Value * 2)
            ? Rational((long)(number.Value * 2), 2)
            : number;
}
