using KanSharp.Symbolics;
using KanSharp.Symbolics.Simplification;

namespace KanSharp.Tests.Symbolics;

/// <summary>The laws one by one, and what must hold for every expression.</summary>
public sealed class SimplifyTests
{
    public static TheoryData<int> Laws => [.. LawTable.All.Select(l => l.Number)];

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_law_does_what_its_example_says(int number)
    {
        SimplificationLaw law = LawTable.All.Single(l => l.Number == number);
        Assert.Equal(Expression.Parse(law.After), Expression.Parse(law.Before).Simplify());
    }

    [Theory]
    [InlineData("sqrt(x^2)", "abs(x)")]
    [InlineData("sqrt(x)^2", "x")]
    [InlineData("x - x", "0")]
    [InlineData("(x + y)^2 - x^2 - y^2", "2*x*y")]
    [InlineData("2*(x/2 + 1)", "x + 2")]
    [InlineData("(x - y)/(y - x)", "-1")]
    [InlineData("sin(x + 3*pi/2)", "-cos(x)")]
    [InlineData("1 - sin(x)^2", "cos(x)^2")]
    [InlineData("abs(x)*abs(x)", "x^2")]
    [InlineData("log(x^2)", "log(x^2)")]
    [InlineData("n/(exp(a/T) + exp(-a/T))", "n/(2*cosh(a/T))")]
    [InlineData("2.5*exp(0.5*(1.2*sin(3*x + 0.1)))", "2.5*exp(0.6*sin(3*x + 0.1))")]
    [InlineData("0.5*pi*x", "0.5*pi*x")]
    [InlineData("m_0/sqrt(1 - v^2/c^2)", "m_0/sqrt(1 - (v/c)^2)")]
    public void Examples(string text, string expected) => Assert.Equal(expected, Expression.Parse(text).Simplify().ToString());

    [Fact]
    public void Random_expressions_keep_their_values_never_grow_and_stay_when_simplified_again()
    {
        RandomExpressions random = new(7);
        int changed = 0;
        for (int k = 0; k < 400; k++)
        {
            Expression e = random.Next(5);
            if (RandomExpressions.DividesByNothing(e))
                continue;
            Expression s = e.Simplify();
            changed += s.Equals(e) ? 0 : 1;
            Assert.True(s.Complexity <= e.Complexity, $"{e} became {s}");
            Assert.Equal(s, s.Simplify());
            for (int p = 0; p < 4; p++)
            {
                Dictionary<string, double> point = random.Point();
                double before = e.Evaluate(point), after = s.Evaluate(point), spread = RandomExpressions.Spread(e, point);
                if (double.IsFinite(before) && double.IsFinite(spread) && Math.Abs(before) < 1e8)
                    Assert.True(Math.Abs(before - after) <= 1e-9 * (1 + Math.Abs(before)) + 1e3 * spread, $"{e} became {s}: {after}, expected {before} at {point["x"]}, {point["y"]}");
            }
        }

        Assert.True(changed > 200, $"only {changed} expressions changed");
    }

    [Fact]
    public void Numbers_of_laws_are_their_places()
        => Assert.Equal(Enumerable.Range(1, LawTable.All.Count), LawTable.All.Select(l => l.Number));

    [Fact]
    public void Too_large_an_expression_is_left_alone()
    {
        Expression e = Expression.Parse("x + x + x");
        Assert.Same(e, e.Simplify(new SimplificationOptions { MaximumNodes = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => e.Simplify(new SimplificationOptions { MaximumPasses = 0 }));
    }
}
