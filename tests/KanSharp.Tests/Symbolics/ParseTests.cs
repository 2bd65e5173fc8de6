using KanSharp.Symbolics;

namespace KanSharp.Tests.Symbolics;

/// <summary>Reading of infix text.</summary>
public sealed class ParseTests
{
    [Theory]
    [InlineData("2 + 3*4^2/8 - 1", 7)]
    [InlineData("-2^2", -4)]
    [InlineData("2^-1", 0.5)]
    [InlineData("2**3**2", 512)]
    [InlineData("--3", 3)]
    [InlineData("2e3 + .5", 2000.5)]
    [InlineData("1.5E-1", 0.15)]
    [InlineData("pow(2, 10)", 1024)]
    [InlineData("log10(1000) + log2(8)", 6)]
    [InlineData("ln(e)", 1)]
    [InlineData("arcsin(1) - asin(1) + sign(-3)", -1)]
    [InlineData("sin(pi/6)", 0.5)]
    public void Reads_the_value(string text, double value) => Assert.Equal(value, Expression.Parse(text).Evaluate(), 1e-12);

    [Theory]
    [InlineData("", 0, "a number, a name or '('")]
    [InlineData("1 +", 3, "the text ends")]
    [InlineData("2x", 1, "an operator or the end")]
    [InlineData("sin x", 4, "an operator or the end")]
    [InlineData("x(3)", 0, "A product needs a '*'")]
    [InlineData("foo(x)", 0, "'foo' is not a function")]
    [InlineData("(x", 2, "')'")]
    [InlineData("x)", 1, "an operator or the end")]
    [InlineData("`a", 0, "not closed")]
    [InlineData("``", 0, "empty")]
    [InlineData("x + 1e999", 4, "not a number that a double can hold")]
    [InlineData("pow(x)", 5, "',' and the exponent")]
    public void Says_where_and_what_was_expected(string text, int position, string part)
    {
        ExpressionFormatException error = Assert.Throws<ExpressionFormatException>(() => Expression.Parse(text));
        Assert.Equal(position, error.Position);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_refused()
    {
        Assert.Throws<ExpressionFormatException>(() => Expression.Parse(new string('(', 50_000)));
        Assert.Throws<ExpressionFormatException>(() => Expression.Parse(string.Concat(Enumerable.Repeat("2^", 40_000)) + "2"));
        Assert.Throws<ExpressionFormatException>(() => Expression.Parse(new string('1', 200_000)));
        Assert.Equal(Expression.Variable("x"), Expression.Parse(new string('-', 50_000) + "x"));
    }

    [Theory]
    [InlineData("flow (m/s)")]
    [InlineData("a`b")]
    [InlineData("pi")]
    [InlineData("e")]
    [InlineData("2nd")]
    [InlineData("größe")]
    [InlineData("sin")]
    public void Odd_names_are_quoted_and_come_back(string name)
    {
        Expression e = Expression.Call("sin", 2 * Expression.Variable(name)) + 1;
        Assert.Equal(e, Expression.Parse(e.ToString()));
        Assert.Equal([name], e.Variables);
    }

    [Fact]
    public void Text_comes_back_as_the_same_tree()
    {
        RandomExpressions random = new(1);
        for (int i = 0; i < 500; i++)
        {
            Expression e = random.Next(5);
            if (!RandomExpressions.DividesByNothing(e))
                Assert.Equal(e, Expression.Parse(e.ToString()));
        }
    }

    [Fact]
    public void Functions_of_the_user_are_known_to_their_catalogue()
    {
        FunctionCatalog catalog = FunctionCatalog.Standard.With("bump", "exp(-x^2)*cos(3*x)", 6);
        Assert.Equal("2*exp(-(x + y)^2)*cos(3*(x + y))", Expression.Parse("2*bump(x + y)", catalog).ToString());
        Assert.Throws<ExpressionFormatException>(() => Expression.Parse("bump(x)"));
    }
}
