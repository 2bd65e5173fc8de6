using System.Numerics;

namespace KanSharp.Symbolics;

/// <summary>A finite real number: an exact rational with its numerator and denominator, or a double.</summary>
public sealed record NumberExpression : Expression
{
    /// <summary>Largest numerator and denominator that are kept exactly, 2⁵³.</summary>
    private const long Limit = 1L << 53;

    private NumberExpression(double value, long numerator, long denominator)
        : base(HashCode.Combine(1, value, numerator, denominator), 1, 1)
    {
        Value = value;
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>The value, rounded to double where the rational is not one.</summary>
    public double Value { get; }

    /// <summary>Numerator of an exact rational in lowest terms, with its sign; 0 for a number that is not exact.</summary>
    public long Numerator { get; }

    /// <summary>Denominator of an exact rational, 1 for an integer; 0 for a number that is not exact.</summary>
    public long Denominator { get; }

    /// <summary>True for a rational with known numerator and denominator; whole doubles up to 2⁵³ are.</summary>
    public bool IsExact => Denominator != 0;

    /// <summary>True for an exact integer.</summary>
    public bool IsInteger => Denominator == 1;

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [];

    /// <inheritdoc/>
    public bool Equals(NumberExpression? other) =>
        base.Equals(other) && Value.Equals(other.Value) && Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => this;

    /// <summary>The double as a node: exact if it is whole.</summary>
    internal static NumberExpression Of(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A number in an expression is finite.");
        return Math.Abs(value) <= Limit && value == Math.Truncate(value)
            ? new NumberExpression(value + 0.0, (long)value, 1)
            : new NumberExpression(value, 0, 0);
    }

    /// <summary>numerator/denominator in lowest terms; null where a part is beyond 2⁵³.</summary>
    internal static NumberExpression? Exact(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign < 0)
            (numerator, denominator) = (-numerator, -denominator);
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        if (BigInteger.Abs(numerator) > Limit || denominator > Limit)
            return null;
        (long top, long bottom) = ((long)numerator, (long)denominator);
        return new NumberExpression((double)top / bottom, top, bottom);
    }

    /// <summary>Exact where both are; null where the result is not finite.</summary>
    internal static NumberExpression? Add(NumberExpression a, NumberExpression b)
    {
        if (a.IsExact && b.IsExact
            && Exact(((BigInteger)a.Numerator * b.Denominator) + ((BigInteger)b.Numerator * a.Denominator), (BigInteger)a.Denominator * b.Denominator)
                is NumberExpression exact)
            return exact;
        return OfFinite(a.Value + b.Value);
    }

    /// <inheritdoc cref="Add"/>
    internal static NumberExpression? Multiply(NumberExpression a, NumberExpression b)
    {
        if (a.IsExact && b.IsExact
            && Exact((BigInteger)a.Numerator * b.Numerator, (BigInteger)a.Denominator * b.Denominator) is NumberExpression exact)
            return exact;
        return a.Value * b.Value == 0 && a.Value != 0 && b.Value != 0 ? null : OfFinite(a.Value * b.Value);
    }

    /// <summary>The whole power of a number: exact where the number is and the result fits, null where it is not finite.</summary>
    internal static NumberExpression? Power(NumberExpression number, long exponent)
    {
        if (number.Value == 0)
            return exponent > 0 ? number : null;
        if (number.IsExact && Math.Abs(exponent) <= 64)
        {
            BigInteger top = BigInteger.Pow(number.Numerator, (int)Math.Abs(exponent));
            BigInteger bottom = BigInteger.Pow(number.Denominator, (int)Math.Abs(exponent));
            return exponent > 0 ? Exact(top, bottom) : Exact(bottom, top);
        }

        double power = Math.Pow(number.Value, exponent);
        return number.IsExact || power == 0 ? null : OfFinite(power);
    }

    private static NumberExpression? OfFinite(double value) => double.IsFinite(value) ? Of(value) : null;
}
