using KanSharp.Interpretation;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interpretation;

public sealed class HallOfFameTests
{
    private static readonly string[] Names = ["x", "y"];

    [Fact]
    public void MeasuresOnTheNamedData()
    {
        double[] rows = [1, 2, 3, 4, 5, 6], targets = [3, 7, 12];
        FormulaCandidate candidate = FormulaCandidate.Measure(Expression.Parse("x + y"), Names, rows, targets, "test");
        Assert.Equal(Math.Sqrt(1.0 / 3), candidate.Rmse, 1e-14);
        Assert.Equal(1 - 1.0 / 3 / Statistics.Variance<double>(targets), candidate.R2, 1e-14);
        Assert.Equal(candidate.Formula.Complexity, candidate.Complexity);
        Assert.Equal(double.PositiveInfinity, FormulaCandidate.Measure(Expression.Parse("log(x - 2)"), Names, rows, targets, "").Rmse);
        Assert.Throws<ArgumentException>("rows", () => FormulaCandidate.Measure(Expression.Parse("x"), Names, rows, [1, 2], ""));
    }

    [Fact]
    public void KeepsTheBestOfEveryComplexityAndTheParetoFront()
    {
        var hall = new HallOfFame([0, 1, 2, 3]);
        Assert.Null(hall.Pick);
        Assert.True(hall.Add(Candidate("x", 0.5)));
        Assert.False(hall.Add(Candidate("y", 0.6)));
        Assert.True(hall.Add(Candidate("y", 0.4)));
        Assert.True(hall.Add(Candidate("x + y", 0.7)));
        Assert.True(hall.Add(Candidate("x + y*x", 0.1)));
        Assert.False(hall.Add(Candidate("x*y*x*y", double.PositiveInfinity)));
        Assert.Equal(["y", "x + y", "x + y*x"], hall.Best.Select(candidate => candidate.Formula.ToString()));
        Assert.Equal(["y", "x + y*x"], hall.Pareto.Select(candidate => candidate.Formula.ToString()));
    }

    [Fact]
    public void AmongExactFormulasTheSimplestIsPicked()
    {
        var hall = new HallOfFame([.. Enumerable.Range(0, 100).Select(i => (double)i)]);
        hall.Add(Candidate("x", 3));
        hall.Add(Candidate("x + y", 1e-9));
        hall.Add(Candidate("x + y + 0.001234567*x*y", 1e-14));
        Assert.Equal("x + y", hall.Pick!.Formula.ToString());
        hall.Add(Candidate("y + x", 1e-13));
        Assert.Equal("x + y", hall.Pick!.Formula.ToString());
    }

    [Fact]
    public void WithNoiseALongerFormulaMustEarnItsLength()
    {
        var random = new SplitRandom(7);
        const int rows = 1000;
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => 2 * random.NextDouble() - 1)];
        double[] targets = [.. x.Select(v => 1 + 2 * v + 0.05 * random.NextNormal())];
        var hall = new HallOfFame(targets);
        foreach (string formula in (string[])["2*x", "1 + 2*x", "1.0012 + 2.0013*x", "1.001 + 2.001*x + 0.0023411*x^2 - 0.0031111*x^3"])
            hall.Add(FormulaCandidate.Measure(Expression.Parse(formula), ["x"], x, targets, ""));
        Assert.Equal("1 + 2*x", hall.Pick!.Formula.ToString());

        // A term that is there, far above the noise, is kept.
        double[] bent = [.. x.Zip(targets, (v, t) => t + 0.1 * v * v)];
        hall = new HallOfFame(bent);
        foreach (string formula in (string[])["1 + 2*x", "1 + 2*x + 0.1*x^2"])
            hall.Add(FormulaCandidate.Measure(Expression.Parse(formula), ["x"], x, bent, ""));
        Assert.Equal(2, hall.Pick!.Formula.Variables.Count + 1);
        Assert.Equal("1 + 2*x + 0.1*x^2", hall.Pick.Formula.ToString());
    }

    [Fact]
    public void OfTwoEquallyLongFormulasTheOneWithSimpleConstantsStays()
    {
        var hall = new HallOfFame([.. Enumerable.Range(0, 100).Select(i => i % 7 * 0.1)]);
        hall.Add(Candidate("0.3333412345*x", 0.1));
        Assert.True(hall.Add(Candidate("1/3*x", 0.1001)) || hall.Best.Count == 2);
        Assert.Equal("1/3*x", hall.Pick!.Formula.ToString().Replace("x/3", "1/3*x", StringComparison.Ordinal));
    }

    private static FormulaCandidate Candidate(string text, double rmse)
    {
        Expression formula = Expression.Parse(text);
        return new FormulaCandidate(formula, formula.Complexity, rmse, 0.5, "test");
    }
}
