using KanSharp.Symbolics;

namespace KanSharp.Tests.Symbolics;

/// <summary>Construction, equality, complexity, substitution and rounding.</summary>
public sealed class ExpressionTests
{
    private static readonly Expression X = Expression.Variable("x");
    private static readonly Expression Y = Expression.Variable("y");

    [Fact]
    public void Equality_is_that_of_trees()
    {
        Assert.Equal(2 * X + Y, X * 2 + Y);
        Assert.Equal((2 * X + Y).GetHashCode(), (X * 2 + Y).GetHashCode());
        Assert.NotEqual(X + Y, Y + X);
        Assert.NotEqual(Expression.Power(X, 2), Expression.Power(2, X));
        Assert.NotEqual<Expression>(Expression.Rational(1, 3), Expression.Number(1.0 / 3));
    }

    [Fact]
    public void Numbers_are_collected_exactly()
    {
        Expression third = X / 3 + X * 0 + 1 + Expression.Rational(1, 6) + Expression.Rational(1, 3);
        Assert.Equal("x/3 + 3/2", third.ToString());
        Assert.Equal(Expression.Rational(8, 27), Expression.Power(Expression.Rational(2, 3), 3));
        Assert.True(Expression.Number(3).IsInteger);
        Assert.False(Expression.Number(0.25).IsExact);
    }

    [Fact]
    public void Overflow_is_kept_as_a_formula()
        => Assert.Equal(double.PositiveInfinity, (Expression.Number(1e300) * 1e300).Evaluate());

    [Theory]
    [InlineData("x", 1)]
    [InlineData("x + y", 3)]
    [InlineData("x - y", 3)]
    [InlineData("-x", 2)]
    [InlineData("x/3", 3)]
    [InlineData("1/x", 3)]
    [InlineData("x^2", 3)]
    [InlineData("x/y^2", 5)]
    [InlineData("sqrt(x)", 3)]
    [InlineData("sin(x)", 3)]
    [InlineData("2*x*y - 3*sin(x)", 11)]
    [InlineData("exp(sin(pi*x) + y^2)", 11)]
    public void Complexity_counts_what_is_written(string text, int expected) => Assert.Equal(expected, Expression.Parse(text).Complexity);

    [Fact]
    public void Variables_are_listed_once_in_ordinal_order()
        => Assert.Equal(["B", "a", "x10", "x2"], Expression.Parse("x2*x10 + a*sin(B*x2)").Variables);

    [Fact]
    public void Substitution_is_simultaneous()
    {
        Expression swapped = Expression.Parse("x - y^2").Substitute(new Dictionary<string, Expression> { ["x"] = Y, ["y"] = X });
        Assert.Equal(Expression.Parse("y - x^2"), swapped);
    }

    [Fact]
    public void Rounding_touches_decimals_only()
        => Assert.Equal("1.23*x + 1234567*y/3 + pi", Expression.Parse("1.23456*x + 1234567*y/3 + pi").Round(3).ToString());

    [Fact]
    public void A_wrong_number_of_values_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => (X + Y).Evaluate(1.0));
        Assert.Contains("2 variables (x, y)", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => (X + Y).Evaluate(new Dictionary<string, double> { ["x"] = 1 }));
        Assert.Contains("'y'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Expression.Number(double.NaN));
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        Expression e = X;
        Assert.Throws<InvalidOperationException>(() =>
        {
            for (int i = 0; i <= Expression.MaximumDepth; i++)
                e = Expression.Call("sin", e);
        });
        Assert.Equal(Expression.MaximumDepth, e.Depth);
        Assert.True(e.Simplify().NodeCount <= e.NodeCount && e.ToString().Length > 1000 && e.Differentiate("y").Equals(Expression.Zero));
    }
}
