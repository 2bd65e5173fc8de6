using KanSharp.Symbolics;

namespace KanSharp.Tests.Symbolics;

/// <summary>Differentiation and the numeric test of equivalence.</summary>
public sealed class CalculusTests
{
    private static readonly Dictionary<string, (double Lower, double Upper)> Ranges = new() { ["x"] = (0.5, 2), ["y"] = (1, 3) };

    [Fact]
    public void Derivatives_of_random_expressions_agree_with_differences()
    {
        RandomExpressions random = new(6);
        int compared = 0;
        for (int k = 0; k < 400; k++)
        {
            Expression e = random.Next(4), slope = e.Differentiate("x");
            Dictionary<string, double> point = random.Point();
            double exact = slope.Evaluate(point), coarse = Difference(e, point, 2e-4), fine = Difference(e, point, 1e-4);

            // where the step is small enough for the formula, halving it changes little
            if (!double.IsFinite(exact) || !(Math.Abs(coarse - fine) < 1e-5 * (1 + Math.Abs(fine))))
                continue;
            compared++;
            Assert.True(Math.Abs(exact - fine) < 1e-4 * (1 + Math.Abs(fine)), $"{e} at {point["x"]}, {point["y"]}: {exact}, expected {fine}");
        }

        Assert.True(compared > 200, $"only {compared} derivatives were compared");
    }

    [Theory]
    [InlineData("x^2*y", "2*x*y")]
    [InlineData("sin(x)*y", "cos(x)*y")]
    [InlineData("y^3", "0")]
    [InlineData("exp(2*x)", "2*exp(2*x)")]
    public void Simple_derivatives(string text, string expected)
        => Assert.Equal(Expression.Parse(expected).Simplify(), Expression.Parse(text).Differentiate("x").Simplify());

    [Theory]
    [InlineData("(x + y)^2", "x^2 + 2*x*y + y^2", EquivalenceKind.Exact, true)]
    [InlineData("x + 1", "x", EquivalenceKind.Exact, false)]
    [InlineData("x + 1", "x", EquivalenceKind.AdditiveConstant, true)]
    [InlineData("2*x*y", "x*y", EquivalenceKind.AdditiveConstant, false)]
    [InlineData("2*x*y", "x*y", EquivalenceKind.AnyConstant, true)]
    [InlineData("2*x + 1", "x", EquivalenceKind.AnyConstant, false)]
    [InlineData("sin(x)", "sin(x + 1e-7)", EquivalenceKind.AnyConstant, false)]
    [InlineData("log(x - 1)", "log(abs(x - 1))", EquivalenceKind.Exact, false)]
    [InlineData("log(x - 1)", "2*log(sqrt(x - 1))", EquivalenceKind.Exact, true)]
    [InlineData("0*x", "x", EquivalenceKind.MultiplicativeConstant, false)]
    public void Equivalence(string a, string b, EquivalenceKind kind, bool expected)
    {
        EquivalenceResult result = ExpressionEquivalence.Test(
            Expression.Parse(a), Expression.Parse(b), Ranges, new EquivalenceOptions { Kind = kind });
        Assert.True(expected == result.AreEquivalent, result.ToString());
        Assert.Equal(expected, result.Reason.Length == 0);
    }

    [Fact]
    public void Equivalence_is_robust_to_single_points_and_names_a_missing_range()
    {
        double[] rows = [.. Enumerable.Range(0, 201).Select(i => (i - 100) / 50.0)];
        Assert.True(ExpressionEquivalence.Test(Expression.Parse("x^2/x"), Expression.Parse("x*abs(x)/abs(x)"), ["x"], rows).AreEquivalent);
        Assert.Contains("'z'", Assert.Throws<ArgumentException>(
            () => ExpressionEquivalence.Test(Expression.Parse("z"), Expression.Parse("x"), Ranges)).Message, StringComparison.Ordinal);
    }

    private static double Difference(Expression e, Dictionary<string, double> point, double h)
    {
        double x = point["x"];
        return (At(x + h) - At(x - h)) / (2 * h);

        double At(double value) => e.Evaluate(new Dictionary<string, double>(point) { ["x"] = value });
    }
}
