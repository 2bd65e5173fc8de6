using KanSharp.Interpretation;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interpretation;

public sealed class EdgeFitterTests
{
    public static TheoryData<string, double, double, double, double, double, double, double> Curves => new()
    {
        { "sin", 3.14159265, 0.2, 0.07, -0.1, double.NaN, -1, 1 },
        { "sin", 60, -1.1, -2, 0.5, double.NaN, -1, 1 },
        { "x^2", 1, -0.3, 2, 1, double.NaN, -1, 1 },
        { "x^5", 1, -0.1, 1, 0, double.NaN, -1, 1 },
        { "exp", 1.3, 0, 1, -3, double.NaN, -1, 3 },
        { "log", 1, 0.3, 2, 1, double.NaN, 0, 3 },
        { "sqrt", 1, 0, 1, 0, double.NaN, 0, 3 },
        { "1/x", 1, 0, 2, 1, double.NaN, 0.5, 3 },
        { "x^p", 1, 0.2, 1, 0, 2.7, 0, 3 },
        { "tanh", 3, -1, 1, 0, double.NaN, -1, 1 },
        { "gaussian", 6.5, -2, 1, 0, double.NaN, -1, 1 },
        { "arcsin", 0.99, 0, 1, 0, double.NaN, -1, 1 },
        { "arctanh", 0.97, 0.01, 1, 0, double.NaN, -1, 1 },
        { "abs", 1, -0.2, 1, 0, double.NaN, -1, 1 },
        { "cosh", 2, 0.1, 1, 0, double.NaN, -1, 1 },
        { "softplus", 5, 0.3, 1, 0, double.NaN, -1, 1 },
        { "J0", 20, 0, 1, 0, double.NaN, -1, 1 },
        { "J0", 20, 3, 1, 0, double.NaN, -1, 1 },
        { "1/(1+x^2)", 3, 0.5, 1, 0, double.NaN, -1, 1 },
    };

    [Theory]
    [MemberData(nameof(Curves))]
    public void FindsTheFunctionThatMadeTheCurve(string name, double a, double b, double c, double d, double p, double low, double high)
    {
        CatalogFunction function = FunctionCatalog.Standard[name];
        (double[] x, double[] y) = Sample(x => c * function.Evaluate(a * x + b, 0, p) + d, low, high);
        EdgeFit fit = EdgeFitter.Fit(x, y);
        EdgeCandidate best = Assert.IsType<EdgeCandidate>(fit.Best);
        Assert.Equal(function.Family, best.Function.Family);
        Assert.True(1 - best.R2 < 1e-12, $"1 - R2 = {1 - best.R2}");
        Assert.All(x, place => Assert.Equal(c * function.Evaluate(a * place + b, 0, p) + d, best.Evaluate(place), 1e-6));
        Assert.Equal(best.Evaluate(x[3]), best.Apply(Expression.Variable("x")).Evaluate(x[3]), 1e-9);
        if (!double.IsNaN(p))
            Assert.Equal(p, best.Exponent, 1e-6);
    }

    [Fact]
    public void FormsAreCanonical()
    {
        (double[] x, double[] y) = Sample(x => -2 * Math.Sin(-3 * x - 3), -1, 1);
        EdgeCandidate sine = EdgeFitter.Fit(x, y).Best!;
        Assert.Equal(("sin", 3.0), (sine.Function.Name, Math.Round(sine.A, 9)));
        Assert.InRange(sine.B, -Math.PI / 2, Math.PI / 2);
        (x, y) = Sample(x => 4 * (0.5 * x - 1) * (0.5 * x - 1), -1, 1);
        EdgeCandidate square = EdgeFitter.Fit(x, y).Best!;
        Assert.Equal(("x^2", 1.0, -2.0, 1.0), (square.Function.Name, square.A, Math.Round(square.B, 9), Math.Round(square.C, 9)));
        (x, y) = Sample(x => Math.Exp(2 * x + 1), -1, 1);
        EdgeCandidate exp = EdgeFitter.Fit(x, y).Best!;
        Assert.Equal(("exp", 0.0), (exp.Function.Name, exp.B));
        Assert.Equal(Math.E, exp.C, 1e-9);
    }

    [Fact]
    public void NoiseDoesNotChangeTheFunctionAndEquivalentOnesAreOne()
    {
        var random = new SplitRandom(5);
        (double[] x, double[] y) = Sample(x => Math.Cos(2.5 * x) + 0.02 * random.NextNormal(), -1, 1);
        EdgeFit fit = EdgeFitter.Fit(x, y);
        Assert.Equal("sin", fit.Best!.Function.Name);
        Assert.DoesNotContain(fit.Candidates, candidate => candidate.Function.Name == "cos");
        Assert.DoesNotContain(fit.Candidates.Skip(1).Take(fit.Passing - 1), candidate => candidate.Score < fit.Best.Score);
        Assert.True(fit.Candidates.Take(fit.Passing).All(candidate => candidate.R2 >= 0.99));
        Assert.True(fit.Candidates.Skip(fit.Passing).All(candidate => candidate.R2 < 0.99));
    }

    [Fact]
    public void WhatLeavesItsDomainIsRejectedWithTheReason()
    {
        (double[] x, double[] y) = Sample(x => x * x * x, -1, 1);
        EdgeFit fit = EdgeFitter.Fit(x, y, options: new EdgeFitOptions { Catalog = FunctionCatalog.Standard.Select("arcsin", "1/x", "0", "x^3") });
        Assert.Equal("x^3", fit.Best!.Function.Name);
        Assert.Contains(fit.Rejected, rejection => rejection.Function.Name == "0" && rejection.Reason.Contains("constant", StringComparison.Ordinal));
        (x, y) = Sample(x => Math.Abs(x - 0.3), -1, 1);
        fit = EdgeFitter.Fit(x, y, options: new EdgeFitOptions { Catalog = FunctionCatalog.Standard.Select("arcsin", "1/x", "sqrt") });
        Assert.Null(fit.Best);
        Assert.Contains("No candidate reaches R² = 0.99; the best is", fit.Message);
        Assert.NotEmpty(fit.Candidates);
    }

    [Fact]
    public void ACurveWithAPoleBetweenItsPointsKeepsIt()
    {
        (double[] x, double[] y) = Sample(x => 2 / x + 1, -1, 3);
        Assert.Equal("1/x", EdgeFitter.Fit(x, y).Best!.Function.Name);
    }

    [Fact]
    public void ANoiseCurveHasNoCandidateAndIsNotTakenForZero()
    {
        var random = new SplitRandom(1);
        (double[] x, double[] y) = Sample(_ => random.NextDouble(), -1, 1);
        EdgeFit fit = EdgeFitter.Fit(x, y, options: new EdgeFitOptions { Catalog = FunctionCatalog.Pykan });
        Assert.Null(fit.Best);
        Assert.Equal(0, fit.Passing);
        Assert.NotEmpty(fit.Candidates);
    }

    [Fact]
    public void FunctionsOfTheUserAndWeightsAreHeeded()
    {
        FunctionCatalog catalog = FunctionCatalog.Standard.Select("x", "x^2").With("ricker", "(1 - x^2)*exp(-x^2/2)", 4);
        (double[] x, double[] y) = Sample(x => 3 * (1 - 16 * x * x) * Math.Exp(-8 * x * x), -1, 1);
        EdgeCandidate best = EdgeFitter.Fit(x, y, options: new EdgeFitOptions { Catalog = catalog }).Best!;
        Assert.Equal(("ricker", 4.0, 3.0), (best.Function.Name, Math.Round(best.A, 8), Math.Round(best.C, 8)));

        // Two lines: the weights say which one counts.
        double[] weights = [.. x.Select(place => place < 0 ? 1 : 1e-12)];
        EdgeCandidate line = EdgeFitter.Fit(x, [.. x.Select(place => place < 0 ? 2 * place : -place)], weights, new EdgeFitOptions { Catalog = FunctionCatalog.Standard.Select("x") }).Best!;
        Assert.Equal(2, line.C, 1e-6);
    }

    [Fact]
    public void ConstantCurvesAndMisuseAreNamed()
    {
        double[] x = [1, 2, 3, 4];
        EdgeFit constant = EdgeFitter.Fit(x, [5, 5, 5, 5]);
        Assert.Equal((0.0, 5.0), (constant.Best!.C, constant.Best.D));
        Assert.Empty(EdgeFitter.Fit([2, 2, 2], [1, 2, 3]).Candidates);
        Assert.Throws<ArgumentException>(() => EdgeFitter.Fit(x, [1, 2]));
        Assert.Throws<ArgumentException>("x", () => EdgeFitter.Fit([1, 2], [1, 2]));
        Assert.Throws<ArgumentException>("x", () => EdgeFitter.Fit([1, 2, double.NaN], [1, 2, 3]));
        Assert.Throws<ArgumentException>("weights", () => EdgeFitter.Fit([1, 2, 3], [1, 2, 3], [1, 0, 1]));
    }

    private static (double[] X, double[] Y) Sample(Func<double, double> function, double low, double high, int count = 500)
    {
        var random = new SplitRandom(3);
        double[] x = [.. Enumerable.Range(0, count).Select(_ => low + (high - low) * random.NextDouble())];
        return (x, [.. x.Select(function)]);
    }
}
