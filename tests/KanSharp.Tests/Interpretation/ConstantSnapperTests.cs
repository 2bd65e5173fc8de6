using KanSharp.Interpretation;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interpretation;

public sealed class ConstantSnapperTests
{
    private static readonly string[] Names = ["x", "y"];

    // Twin constants (c·exp(h + d), a factor inside and outside a logarithm) count as one.
    [Theory]
    [InlineData("exp(sin(pi*x) + y^2)", "0.98*exp(1.02*sin(3.1*x + 0.02) + 0.97*(y + 0.02)^2 - 0.01) + 0.03", 0.0)]
    [InlineData("exp(sin(pi*x) + y^2)", "0.98*exp(1.02*sin(3.1*x + 0.02) + 0.97*(y + 0.02)^2 - 0.01) + 0.03", 0.001)]
    [InlineData("exp(sin(pi*x) + y^2)", "0.98*exp(1.02*sin(3.1*x + 0.02) + 0.97*(y + 0.02)^2 - 0.01) + 0.03", 0.01)]
    [InlineData("exp(-x^2/2)/sqrt(2*pi)", "0.41*exp(-0.48*x^2)", 0.0)]
    [InlineData("exp(-x^2/2)/sqrt(2*pi)", "0.41*exp(-0.48*x^2)", 0.01)]
    [InlineData("x^2/3 - 2*y/7", "0.3*(x + 0.1)^2 + 0.01*x - 0.25*y + 0.1", 0.0)]
    [InlineData("x*y/(1 + x*y)", "1.1*x*y/(1.2 + 0.9*x*y)", 0.0)]
    [InlineData("sqrt(2)*x + e*y", "1.4*x + 2.7*y + 0.02", 0.0)]
    [InlineData("0.42*(x*y + x)", "0.4*x*y + 0.43*x", 0.0)]
    public void FindsTheConstantsThatMadeTheData(string truth, string start, double noise)
    {
        (double[] rows, double[] targets) = FormulaSamples.Of(truth, Names, 2000, noise, 0.1, 1.5);
        SnapResult result = ConstantSnapper.Snap(Expression.Parse(start), Names, rows, targets);
        double[] clean = Expression.Parse(truth).Compile(Names).Evaluate(rows), found = result.Formula.Compile(Names).Evaluate(rows);
        double scale = Math.Sqrt(Statistics.Variance<double>(clean));
        double error = Math.Sqrt(clean.Zip(found, (a, b) => (a - b) * (a - b)).Average()) / scale;
        Assert.True(error < 1e-11, $"{result.Formula}: {error:E2}; {string.Join(", ", result.Snapped.Select(s => $"{s.Fitted:G6}±{s.StandardError:E1} -> {s.Exact}"))}");
        Assert.Equal(0, FreeConstants.Count(result.Formula));
    }

    [Fact]
    public void ConstantsThatAreNotSimpleStay()
    {
        (double[] rows, double[] targets) = FormulaSamples.Of("0.7312849*x + 1.38461237*y + 0.1", Names, 1000);
        SnapResult result = ConstantSnapper.Snap(Expression.Parse("0.8*x + 1.3*y + 0.2"), Names, rows, targets);
        Assert.True(result.Rmse < 1e-12, $"{result.Formula} {result.Rmse}");
        Assert.Equal(0.7312849, result.Formula.Differentiate("x").Evaluate(), 1e-11);
        Assert.Equal(1.38461237, result.Formula.Differentiate("y").Evaluate(), 1e-11);
    }

    [Fact]
    public void WithNoiseNothingIsReplacedThatTheDataContradict()
    {
        // 0.5214 is not 1/2 at this noise, and no fraction near it is simple enough to be meant.
        (double[] rows, double[] targets) = FormulaSamples.Of("0.52143*x + y", Names, 5000, 0.01);
        SnapResult result = ConstantSnapper.Snap(Expression.Parse("0.5*x + 1.1*y"), Names, rows, targets);
        Assert.Equal(0.52143, result.Formula.Differentiate("x").Evaluate(), 1e-3);
        Assert.Equal(1, result.Formula.Differentiate("y").Evaluate(), 1e-15);
        Assert.True(result.Rmse <= result.RmseBefore * 1.002);
        Assert.All(result.Snapped, snapped => Assert.True(snapped.Misfit <= 10.8));
    }

    [Fact]
    public void TermsWithoutEffectAreDropped()
    {
        (double[] rows, double[] targets) = FormulaSamples.Of("2*x", Names, 1000, 0.01);
        SnapResult result = ConstantSnapper.Snap(Expression.Parse("1.9*x + 0.1*y + 0.05*sin(1.3*y + 0.2) + 0.01"), Names, rows, targets);
        Assert.Equal("2*x", result.Formula.ToString());
    }

    [Theory]
    [InlineData(0.3333, 0.3334, 1, 3)]
    [InlineData(-0.7501, -0.7499, -3, 4)]
    [InlineData(2.9, 4.1, 3, 1)]
    [InlineData(3.14159, 3.1416, 355, 113)]
    [InlineData(-0.1, 0.2, 0, 1)]
    [InlineData(0.618033, 0.618035, 610, 987)]
    public void TheSimplestFractionOfAnInterval(double low, double high, long numerator, long denominator)
    {
        Assert.True(SimpleNumbers.Simplest(low, high, out long p, out long q));
        Assert.True((double)p / q >= low && (double)p / q <= high);

        // No fraction of smaller parts lies in between.
        for (long d = 1; d < q; d++)
            Assert.True(Math.Floor(high * d) < Math.Ceiling(low * d), $"{Math.Floor(high * d)}/{d}");
        Assert.True(q <= denominator, $"{p}/{q}, {numerator}/{denominator} is simpler");
    }

    [Theory]
    [InlineData(Math.PI / 2)]
    [InlineData(0.3989422804014327)]
    [InlineData(1.4142135623730951)]
    [InlineData(1 / (4 * Math.PI))]
    [InlineData(6.674e-11)]
    [InlineData(299792458)]
    [InlineData(0.125)]
    public void SimpleNumbersAreFoundInANarrowInterval(double value)
    {
        var found = new List<SimpleNumber>();
        SimpleNumbers.Find(value * (1 - 1e-13), value * (1 + 1e-13), found);
        Assert.NotEmpty(found);
        Assert.All(found, number => Assert.Equal(1, number.Value / value, 1e-12));
        Assert.All(found, number => Assert.Equal(1, number.Exact.Evaluate() / value, 1e-12));
    }

    [Fact]
    public void WhatHasNoFiniteValueIsGivenBack()
    {
        (double[] rows, double[] targets) = FormulaSamples.Of("x + y", Names, 100);
        SnapResult result = ConstantSnapper.Snap(Expression.Parse("log(0.2*x - 7)"), Names, rows, targets);
        Assert.Equal(KanSharp.Training.StopReason.Diverged, result.Reason);
        Assert.Equal("log(0.2*x - 7)", result.Formula.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SnapOptions { Threshold = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SnapOptions { MinimumSaving = double.NaN });
    }
}
